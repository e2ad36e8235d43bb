/** Colours of change and keys. */
import { createSignal, For, type JSX, onMount, Show } from "solid-js";
import { LOGIN_TEXTS } from "../../../i18n/login-texts.ts";
import { LOGIN_PATH } from "../../../store/login-place.ts";
import { logOut, readSession } from "../../../store/session.ts";
import { type Palette, PALETTES } from "../../../store/preferences.ts";
import { useApp } from "../../app-context.tsx";
import { ChangeText } from "../signals/signal-marks.tsx";
import { Modal } from "../ui/modal.tsx";
import { LanguageSwitch, ThemeSwitch } from "./header-controls.tsx";

const COLOURS = { kr: "coloursKr", us: "coloursUs", safe: "coloursSafe" } as const satisfies Readonly<
  Record<Palette, string>
>;

const KEYS = [
  { keys: ["j", "k", "↑", "↓"], label: "keyRows" },
  { keys: ["Enter"], label: "keyOpen" },
  { keys: ["p"], label: "keyPause" },
  { keys: ["s"], label: "keySort" },
  { keys: ["w"], label: "keyStar" },
  { keys: ["g d", "g r"], label: "keyGo" },
  { keys: ["t"], label: "keyTable" },
  { keys: ["/"], label: "searchLabel" },
  { keys: ["?"], label: "keyHelp" },
] as const;

/** Narrow pages have no room for these two in the header. */
function Screen(): JSX.Element {
  const { text } = useApp();
  return (
    <fieldset class="screen">
      <legend>
        {text().language} · {text().theme}
      </legend>
      <LanguageSwitch />
      <ThemeSwitch />
    </fieldset>
  );
}

function Colours(): JSX.Element {
  const { text, preferences } = useApp();
  return (
    <fieldset>
      <legend>{text().colours}</legend>
      <For each={PALETTES}>
        {(palette) => (
          <label>
            <input
              type="radio"
              name="palette"
              checked={preferences.palette() === palette}
              onChange={() => {
                preferences.setPalette(palette);
              }}
            />
            {text()[COLOURS[palette]]}
          </label>
        )}
      </For>
      <p>
        <span class="muted">{text().coloursSample}</span> <ChangeText value={0.0142} />{" "}
        <ChangeText value={-0.0087} />
      </p>
    </fieldset>
  );
}

function KeyList(): JSX.Element {
  const { text, preferences } = useApp();
  return (
    <fieldset>
      <legend>{text().keys}</legend>
      <label>
        <input
          type="checkbox"
          checked={preferences.keys()}
          onChange={(event) => {
            preferences.setKeys(event.currentTarget.checked);
          }}
        />
        {text().keysOn}
      </label>
      <dl class="key-list">
        <For each={KEYS}>
          {(entry) => (
            <div>
              <dt>
                <For each={entry.keys}>{(key) => <kbd>{key}</kbd>}</For>
              </dt>
              <dd>{text()[entry.label]}</dd>
            </div>
          )}
        </For>
      </dl>
    </fieldset>
  );
}

/** Only where there is a session: whoever reads an open market has nothing to end. */
function Session(): JSX.Element {
  const { locale, format } = useApp();
  const texts = (): (typeof LOGIN_TEXTS)["ko"] => LOGIN_TEXTS[locale()];
  const [until, setUntil] = createSignal<string | null>(null);
  const [failed, setFailed] = createSignal(false);
  onMount(() => {
    readSession().then(
      (session) => setUntil(session.expires_at),
      // Without an answer there is nothing to offer: the panels of the page show the server's failure.
      () => undefined,
    );
  });
  async function leave(): Promise<void> {
    try {
      await logOut();
      location.assign(LOGIN_PATH);
    } catch {
      setFailed(true);
    }
  }
  return (
    <Show when={until()}>
      {(end) => (
        <fieldset>
          <legend>{texts().session}</legend>
          <p>{texts().isIn(format().day(end()))}</p>
          <div role="alert">
            <Show when={failed()}>
              <p class="notice error">{texts().notEnded}</p>
            </Show>
          </div>
          <button type="button" class="action" onClick={() => void leave()}>
            {texts().logOut}
          </button>
        </fieldset>
      )}
    </Show>
  );
}

export function SettingsDialog(props: { onClose: () => void }): JSX.Element {
  const { text } = useApp();
  return (
    <Modal
      title={text().settings}
      onClose={() => {
        props.onClose();
      }}
    >
      <Screen />
      <Colours />
      <KeyList />
      <Session />
    </Modal>
  );
}
