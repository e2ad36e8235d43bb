/** The choice of a number of sessions; two tables of the page have one each. */
import { For, type JSX } from "solid-js";
import { usePerformanceCopy } from "../../labels/performance-copy.ts";

/** `name` tells the choices of one page apart. */
export function HorizonChoice<T extends string | number>(props: {
  name: string;
  horizons: readonly T[];
  value: T;
  onChoose: (sessions: T) => void;
}): JSX.Element {
  const copy = usePerformanceCopy();
  return (
    <fieldset class="horizons">
      <legend>{copy().horizonLegend}</legend>
      <For each={props.horizons}>
        {(sessions) => (
          <label>
            <input
              type="radio"
              name={props.name}
              checked={props.value === sessions}
              onChange={() => {
                props.onChoose(sessions);
              }}
            />
            {copy().horizon(Number(sessions))}
          </label>
        )}
      </For>
    </fieldset>
  );
}
