/** Renders each signal once for its whole life: a reload brings new objects, and an open row must not close for that. */
import { type Accessor, createMemo, For, type JSX, Show } from "solid-js";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";

interface Props {
  readonly rows: readonly SignalRow[];
  readonly children: (row: Accessor<SignalRow>) => JSX.Element;
}

export function EachSignal(props: Props): JSX.Element {
  const byId = createMemo(() => new Map(props.rows.map((row) => [row.id, row])));
  const ids = createMemo(() => props.rows.map((row) => row.id));
  return <For each={ids()}>{(id) => <Show when={byId().get(id)}>{(row) => props.children(row)}</Show>}</For>;
}
