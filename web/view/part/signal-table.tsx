/** The list on a wide screen: a table whose less urgent columns leave first when the room narrows. */
import { For, type JSX } from "solid-js";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import type { Dictionary } from "../../i18n/ko.ts";
import { useApp } from "../app-context.tsx";
import { EachSignal } from "./each-signal.tsx";
import { SignalTableRow } from "./signal-table-row.tsx";

interface Column {
  readonly label: keyof Dictionary & `col${string}`;
  /** `1` leaves first, `0` never. */
  readonly leaves: 0 | 1 | 2 | 3;
  readonly numeric: boolean;
  readonly hint?: keyof Dictionary & `col${string}Hint`;
}

/** In the order of {@link SignalTableRow}'s cells. */
const COLUMNS: readonly Column[] = [
  { label: "colGrade", leaves: 0, numeric: false },
  { label: "colScore", leaves: 0, numeric: true },
  { label: "colState", leaves: 0, numeric: false },
  { label: "colDistance", leaves: 0, numeric: true },
  { label: "colFootprint", leaves: 2, numeric: false },
  { label: "colClose", leaves: 0, numeric: true },
  { label: "colPivot", leaves: 0, numeric: true },
  { label: "colStop", leaves: 3, numeric: true },
  { label: "colRisk", leaves: 1, numeric: true, hint: "colRiskHint" },
  { label: "colRs", leaves: 3, numeric: true, hint: "colRsHint" },
  { label: "colDryUp", leaves: 1, numeric: true, hint: "colDryUpHint" },
];

const COLUMN_COUNT = COLUMNS.length + 1;

export function SignalTable(props: { rows: readonly SignalRow[] }): JSX.Element {
  const { text } = useApp();
  const hint = (column: Column): string | undefined => (column.hint ? text()[column.hint] : undefined);
  return (
    <table class="signals">
      <caption class="visually-hidden">{text().signalsCaption}</caption>
      <thead>
        <tr>
          <th scope="col">{text().colName}</th>
          <For each={COLUMNS}>
            {(column) => (
              <th
                scope="col"
                class={`leaves-${column.leaves}`}
                classList={{ number: column.numeric }}
                title={hint(column)}
                aria-sort={column.label === "colDistance" ? "ascending" : undefined}
              >
                {text()[column.label]}
              </th>
            )}
          </For>
        </tr>
      </thead>
      <EachSignal rows={props.rows}>
        {(row) => <SignalTableRow row={row()} columns={COLUMN_COUNT} />}
      </EachSignal>
    </table>
  );
}
