/** The heading of a table of outcomes: the group, and a column a figure. */
import { For, type JSX } from "solid-js";

export function FiguresHead(props: { group: string; columns: readonly string[] }): JSX.Element {
  return (
    <thead>
      <tr>
        <th scope="col">{props.group}</th>
        <For each={props.columns}>
          {(column) => (
            <th scope="col" class="number">
              {column}
            </th>
          )}
        </For>
      </tr>
    </thead>
  );
}
