/** Every key of the pages with what it does, and whether single ones act. */
import { For, type JSX } from "solid-js";
import { KEY_TEXTS, type KeyTexts } from "../../../i18n/key-texts.ts";
import { useApp } from "../../app-context.tsx";
import { KEY_MAP, type KeyPlace } from "../../keys/key-map.ts";

/** In the order of the table. */
const PLACES = [...new Set(KEY_MAP.map(({ place }) => place))];

function KeyGroup(props: { place: KeyPlace }): JSX.Element {
  const { locale } = useApp();
  const texts = (): KeyTexts => KEY_TEXTS[locale()];
  return (
    <>
      <h3>{texts().places[props.place]}</h3>
      <dl class="key-list">
        <For each={KEY_MAP.filter(({ place }) => place === props.place)}>
          {(entry) => (
            <div>
              <dt>
                <For each={entry.keys}>{(key) => <kbd>{key}</kbd>}</For>
              </dt>
              <dd>{texts().labels[entry.label]}</dd>
            </div>
          )}
        </For>
      </dl>
    </>
  );
}

export function KeySettings(): JSX.Element {
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
      <For each={PLACES}>{(place) => <KeyGroup place={place} />}</For>
    </fieldset>
  );
}
