/** A card of a list of which only the cards near the screen exist, and the space of the others. */
import { createSignal, type JSX, onMount, Show } from "solid-js";
import type { Roving } from "../../list/create-roving.ts";
import type { ShownRows } from "../../list/rows.ts";

/** The space of cards that do not exist. */
export function CardGap(props: { height: number }): JSX.Element {
  return (
    <Show when={props.height > 0}>
      <li class="gap" aria-hidden="true" style={{ height: `${props.height}px` }} />
    </Show>
  );
}

/** Measured once it is there; a focus within it makes it the one that the Tab key reaches. */
export function CardRow(props: {
  id: string;
  list: { readonly rows: ShownRows; readonly roving: Roving };
  children: JSX.Element;
}): JSX.Element {
  const [item, setItem] = createSignal<HTMLLIElement>();
  onMount(() => {
    const made = item();
    if (made) {
      props.list.rows.measure(made);
    }
  });
  return (
    <>
      <CardGap height={props.list.rows.gapBefore(props.id)} />
      <li
        ref={setItem}
        data-row={props.id}
        data-index={props.list.rows.index(props.id)}
        onFocusIn={() => {
          props.list.roving.focused(props.id);
        }}
      >
        {props.children}
      </li>
    </>
  );
}
