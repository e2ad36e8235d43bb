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
export interface Figure {
  readonly value: number | null;
  readonly range?: Range | null;
  readonly as: "change" | "share" | "ratio";
}

function useShown(): (value: number | null, as: Figure["as"]) => string {
  const { format } = useApp();
  return (value, as) => {
    switch (as) {
      case "change":
        return format().change(value);
      case "share":
        return format().percent(value);
      case "ratio":
        return format().ratio(value);
    }
  };
}

/** The same as one text: of a card. */
export function useFigureText(): (figure: Figure) => string {
  const copy = usePerformanceCopy();
  const shown = useShown();
  return ({ value, range, as }) =>
    range
      ? `${shown(value, as)} (${copy().range(shown(range.low, as), shown(range.high, as))})`
      : shown(value, as);
}

export function FigureCell(props: Figure): JSX.Element {
  const copy = usePerformanceCopy();
  const shown = useShown();
  return (
    <td class="number">
      {shown(props.value, props.as)}
      <Show when={props.range}>
        {(range) => (
          <span class="range muted">
            <span class="visually-hidden">{copy().interval} </span>
            {copy().range(shown(range().low, props.as), shown(range().high, props.as))}
          </span>
        )}
      </Show>
    </td>
  );
}
