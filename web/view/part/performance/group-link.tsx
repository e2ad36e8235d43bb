/** The name of a row of the outcomes as the way to its signals; only a name where there are none. */
import { type JSX, Show } from "solid-js";
import { outcomeHref, type OutcomeRow } from "../../labels/outcome-row.ts";

export function GroupLink(props: { row: OutcomeRow | null; children: string }): JSX.Element {
  return (
    <Show when={props.row} fallback={props.children}>
      {(row) => <a href={outcomeHref(row())}>{props.children}</a>}
    </Show>
  );
}
