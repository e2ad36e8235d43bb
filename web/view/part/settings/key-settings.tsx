/** Every key of the pages with what it does, and whether single ones act. */
import { For, type JSX } from "solid-js";
import { useApp } from "../../app-context.tsx";

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
