/** Over how many sessions outcomes are shown. */
import { For, type JSX } from "solid-js";
import { usePerformanceCopy } from "../../labels/performance-copy.ts";
import type { Sessions } from "./performance-table.tsx";

const HORIZONS: readonly Sessions[] = [5, 10, 20, 60];

export function HorizonChoice(props: {
  value: Sessions;
  onChoose: (sessions: Sessions) => void;
}): JSX.Element {
  const copy = usePerformanceCopy();
  return (
    <fieldset class="horizons">
      <legend>{copy().horizonLegend}</legend>
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
            {copy().horizon(sessions)}
          </label>
        )}
      </For>
    </fieldset>
  );
}
