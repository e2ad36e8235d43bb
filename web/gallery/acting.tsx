/** A state that only a reader's act leads to: what he types or opens, done once the part is there. */
import { createSignal, type JSX, onMount } from "solid-js";

/** Puts text into a field as a keyboard does. */
export function typeInto(root: HTMLElement, field: string, text: string): void {
  const input = root.querySelector(field);
  if (input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement) {
    input.value = text;
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

/** `act` gets the element round the part. */
export function Acting(props: {
  act: (root: HTMLElement) => void;
  class?: string;
  children: JSX.Element;
}): JSX.Element {
  const [element, setElement] = createSignal<HTMLElement>();
  onMount(() => {
    const root = element();
    if (root) {
      props.act(root);
    }
  });
  return (
    <div ref={setElement} class={props.class}>
      {props.children}
    </div>
  );
}
