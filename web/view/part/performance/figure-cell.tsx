/** A figure of a table of outcomes and, under it, how sure it is. */
import { type JSX, Show } from "solid-js";
import { useApp } from "../../app-context.tsx";
import { usePerformanceCopy } from "../../labels/performance-copy.ts";

/** Both ends of a 95 % interval. */
interface Range {
  readonly low: number;
  readonly high: number;
}

/** `value` and `range` are fractions; `as` is how they are written: a change, a share, or multiples of the risk. */
export function FigureCell(props: {
  value: number | null;
  range?: Range | null;
  as: "change" | "share" | "ratio";
}): JSX.Element {
  const { format } = useApp();
  const copy = usePerformanceCopy();
  const show = (value: number | null): string => {
    switch (props.as) {
      case "change":
        return format().change(value);
      case "share":
        return format().percent(value);
      case "ratio":
        return format().ratio(value);
    }
  };
  return (
    <td class="number">
      {show(props.value)}
      <Show when={props.range}>
        {(range) => (
          <span class="range muted">
            <span class="visually-hidden">{copy().interval} </span>
            {copy().range(show(range().low), show(range().high))}
          </span>
        )}
      </Show>
    </td>
  );
}
