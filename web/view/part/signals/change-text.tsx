/** A change with arrow, sign and colour: the arrow and the sign carry it, the colour only adds. */
import type { JSX } from "solid-js";
import { useApp } from "../../app-context.tsx";

/** Takes a fraction; `null` is an en dash. */
export function ChangeText(props: { value: number | null }): JSX.Element {
  const { format } = useApp();
  const direction = (): "up" | "down" | "flat" => {
    // What rounds to 0.00 % has no direction.
    const value = Math.round((props.value ?? 0) * 10_000);
    return value > 0 ? "up" : value < 0 ? "down" : "flat";
  };
  const arrow = (): string => ({ up: "▲", down: "▼", flat: "" })[direction()];
  return (
    <span class={`change ${direction()}`}>
      <span class="arrow" aria-hidden="true">
        {arrow()}
      </span>
      {format().rate(props.value)}
    </span>
  );
}
