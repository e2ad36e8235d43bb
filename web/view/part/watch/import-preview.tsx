/** What a pasted text would bring, row by row: what was recognised, what the reader must choose, what nobody knows. */
import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { type ImportTexts, isRefusal } from "../../../i18n/import-texts.ts";
import type { Pasted, PasteRow } from "../../../store/watch/judge-paste.ts";
import { useApp } from "../../app-context.tsx";
import type { ListImport } from "../../watch/create-import.ts";

/** Rows that exist before the reader asks for all. */
const FIRST = 200;

/** What needs the reader first. */
const ORDER = ["unknown", "refused", "ambiguous", "new", "known", "again"] as const;

type ShownKind = (typeof ORDER)[number];

function kindOf(row: PasteRow): ShownKind {
  return row.kind === "unknown" && isRefusal(row.reason) ? "refused" : row.kind;
}

function Choice(props: {
  row: PasteRow & { readonly kind: "ambiguous" };
  texts: ImportTexts;
  of: ListImport;
}): JSX.Element {
  const { naming } = useApp();
  return (
    <select
      aria-label={props.texts.pick(props.row.typed)}
      onChange={(event) => {
        props.of.choose(props.row, event.currentTarget.value);
      }}
    >
      <option value="">{props.texts.pickNone}</option>
      <For each={props.row.candidates}>
        {(stock) => (
          <option value={stock.ticker} selected={props.row.chosen?.ticker === stock.ticker}>
            {naming(stock).name} {naming(stock).code}
          </option>
        )}
      </For>
    </select>
  );
}

function RowMeaning(props: { row: PasteRow; texts: ImportTexts; of: ListImport }): JSX.Element {
  const { naming } = useApp();
  const stock = () => ("stock" in props.row ? props.row : null);
  const ambiguous = () => (props.row.kind === "ambiguous" ? props.row : null);
  return (
    <>
      <Show when={stock()}>
        {(row) => (
          <span>
            {naming(row().stock).name} <span class="muted">{naming(row().stock).code}</span>
            <Show when={row().note !== ""}> · {props.texts.withNote}</Show>
          </span>
        )}
      </Show>
      <Show when={ambiguous()}>{(row) => <Choice row={row()} texts={props.texts} of={props.of} />}</Show>
      <Show when={props.row.kind === "unknown" ? props.row.reason : ambiguous()?.refusal}>
        {(reason) => <span>{props.texts.reasons[reason()]}</span>}
      </Show>
      <Show when={props.row.kind === "unknown" ? "" : props.row.list}>
        {(list) => <span class="muted">{props.texts.toList(list())}</span>}
      </Show>
    </>
  );
}

export function ImportPreview(props: { pasted: Pasted; texts: ImportTexts; of: ListImport }): JSX.Element {
  const { format } = useApp();
  const [isWhole, setWhole] = createSignal(false);
  const rows = createMemo(() =>
    props.pasted.rows.toSorted(
      (a, b) => ORDER.indexOf(kindOf(a)) - ORDER.indexOf(kindOf(b)) || a.line - b.line,
    ),
  );
  const shown = createMemo(() => (isWhole() ? rows() : rows().slice(0, FIRST)));
  const counts = createMemo(() =>
    ORDER.map((kind) => [kind, rows().filter((row) => kindOf(row) === kind).length] as const),
  );
  return (
    <section aria-label={props.texts.preview}>
      <p class="change-counts">
        <For each={counts().filter(([, n]) => n > 0)}>
          {([kind, n]) => (
            <span>
              {props.texts.kinds[kind]} {format().integer(n)}
            </span>
          )}
        </For>
      </p>
      <ol class="paste-rows">
        <For each={shown()}>
          {(row) => (
            <li class={`paste-${row.kind}`}>
              <span class="muted number">{props.texts.line(format().integer(row.line))}</span>
              <b>{props.texts.kinds[kindOf(row)]}</b>
              <span class="paste-typed">{row.typed}</span>
              <RowMeaning row={row} texts={props.texts} of={props.of} />
            </li>
          )}
        </For>
      </ol>
      <Show when={shown().length < rows().length}>
        <p class="notice">
          {props.texts.shown(format().integer(shown().length), format().integer(rows().length))}
          <button type="button" class="action" onClick={() => setWhole(true)}>
            {props.texts.showAll}
          </button>
        </p>
      </Show>
    </section>
  );
}
