/** The contractions as bars that hang from the base's top: a glance shows whether they tighten. */
import { For, type JSX } from "solid-js";
import { useApp } from "../../app-context.tsx";

const WIDTH = 8;
const GAP = 2;
const HEIGHT = 18;

/** Takes the depths as fractions, first contraction first; the deepest bar is full height. */
export function DepthSpark(props: { depths: readonly number[] }): JSX.Element {
  const { text, format } = useApp();
  const deepest = (): number => Math.max(...props.depths, 0.01);
  const label = (): string =>
    text().depthsText(props.depths.length, props.depths.map((depth) => format().change(-depth)).join(", "));
  const width = (): number => props.depths.length * (WIDTH + GAP) - GAP;
  return (
    <>
      <span class="visually-hidden">{label()}</span>
      <svg class="spark" aria-hidden="true" width={width()} height={HEIGHT}>
        <For each={props.depths}>
          {(depth, i) => (
            <rect
              x={i() * (WIDTH + GAP)}
              y="0"
              width={WIDTH}
              height={Math.max(2, (depth / deepest()) * HEIGHT)}
              rx="1"
            />
          )}
        </For>
      </svg>
    </>
  );
}
