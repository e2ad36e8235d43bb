/** The shape of what is coming: as tall as the content, so nothing jumps when it arrives. */
import { For, type JSX } from "solid-js";
import { useApp } from "../../app-context.tsx";

export function Skeleton(props: { rows: number }): JSX.Element {
  const { text } = useApp();
  return (
    <div class="skeleton">
      <output class="visually-hidden">{text().reloading}</output>
      <For each={Array.from({ length: props.rows })}>{() => <div class="bone" aria-hidden="true" />}</For>
    </div>
  );
}
