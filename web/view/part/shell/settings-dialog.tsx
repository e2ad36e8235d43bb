/** Colours of change and keys. */
import { For, type JSX } from "solid-js";
import { type Palette, PALETTES } from "../../../store/preferences.ts";
import { useApp } from "../../app-context.tsx";
import { ChangeText } from "../signals/signal-marks.tsx";
import { Modal } from "../ui/modal.tsx";

const COLOURS = { kr: "coloursKr", us: "coloursUs", safe: "coloursSafe" } as const satisfies Readonly<
  Record<Palette, string>
>;

const KEYS = [
  { keys: ["j", "k", "↑", "↓"], label: "keyRows" },
  { keys: ["Enter"], label: "keyOpen" },
  { keys: ["p"], label: "keyPause" },
  { keys: ["s"], label: "keySort" },
  { keys: ["g d", "g r"], label: "keyGo" },
  { keys: ["t"], label: "keyTable" },
  { keys: ["/"], label: "searchLabel" },
  { keys: ["?"], label: "keyHelp" },
] as const;

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

export function SettingsDialog(props: { onClose: () => void }): JSX.Element {
  const { text } = useApp();
  return (
    <Modal
      title={text().settings}
      onClose={() => {
        props.onClose();
      }}
    >
      <Colours />
      <KeyList />
    </Modal>
  );
}
