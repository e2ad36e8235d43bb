/** A wide table in a narrow page: what scrolls sideways has a name and can be reached by keyboard. */
import type { JSX } from "solid-js";

export function ScrollRegion(props: { label: string; children: JSX.Element }): JSX.Element {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without focus the arrow keys scroll nothing
    <section class="table-scroll" tabindex="0" aria-label={props.label}>
      {props.children}
    </section>
  );
}
