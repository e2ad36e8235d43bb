/** Where the close stands against the pivot: −12 % at the left end, the pivot a line, +5 % at the right end. */
import type { JSX } from "solid-js";

const WIDTH = 44;
const HEIGHT = 8;
const FROM = -12;
const TO = 5;

function xOf(percent: number): number {
  const inside = Math.min(TO, Math.max(FROM, percent));
  return ((inside - FROM) / (TO - FROM)) * WIDTH;
}

/** Takes per cent; decoration only, the number stands beside it as text. */
export function DistanceBar(props: { percent: number }): JSX.Element {
  const pivot = xOf(0);
  const close = (): number => xOf(props.percent);
  return (
    <svg class="distance" aria-hidden="true" width={WIDTH} height={HEIGHT + 4}>
      <rect class="track" x="0" y="4" width={WIDTH} height="4" rx="2" />
      <rect class="gap" x={Math.min(close(), pivot)} y="4" width={Math.abs(pivot - close())} height="4" />
      <rect class="pivot" x={pivot - 0.75} y="0" width="1.5" height={HEIGHT + 4} />
      <circle class="close" cx={Math.min(WIDTH - 3.5, Math.max(3.5, close()))} cy="6" r="3.5" />
    </svg>
  );
}
