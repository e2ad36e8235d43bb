/** Over how many sessions outcomes are shown. */
import { For, type JSX } from "solid-js";
import { usePerformanceWords } from "../../words/performance-words.ts";
import type { Sessions } from "./performance-table.tsx";

const HORIZONS: readonly Sessions[] = [5, 10, 20, 60];

export function HorizonChoice(props: {
  value: Sessions;
  onChoose: (sessions: Sessions) => void;
}): JSX.Element {
  const words = usePerformanceWords();
  return (
    <fieldset class="horizons">
      <legend>{words().horizonLegend}</legend>
      <For each={HORIZONS}>
        {(sessions) => (
          <label>
            <input
              type="radio"
              name="horizon"
              checked={props.value === sessions}
              onChange={() => {
                props.onChoose(sessions);
              }}
            />
            {words().horizon(sessions)}
          </label>
        )}
      </For>
    </fieldset>
  );
}
