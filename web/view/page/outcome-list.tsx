/** UI92: the signals behind one row of the outcomes, live or studied. */
import { useLocation } from "@solidjs/router";
import { createEffect, createMemo, type JSX, on, Show } from "solid-js";
import { createLiveSignals, createStudyEntries } from "../../store/outcome-lists.ts";
import type { Remote } from "../../store/remote.ts";
import { useApp } from "../app-context.tsx";
import { cohortName, groupName, type OutcomeRow, readOutcomeRow } from "../labels/outcome-row.ts";
import { useOutcomeTexts } from "../labels/outcome-texts.ts";
import { useMarket } from "../market-context.tsx";
import { MorePages } from "../part/performance/more-pages.tsx";
import { liveLine, type OutcomeLine, OutcomeTable, studiedLine } from "../part/performance/outcome-table.tsx";
import { RemoteState } from "../part/ui/remote-state.tsx";
import "../style/pages.css";

interface Known {
  readonly asOf: string | null;
  readonly count: number;
  readonly closed: number;
  /** A fraction; `null` below thirty cases. */
  readonly mean: number | null;
}

interface Rows {
  readonly list: Remote<unknown> & Parameters<typeof MorePages>[0]["list"];
  readonly lines: () => readonly OutcomeLine[];
  readonly known: () => Known | null;
}

function searchOf({ cohort, by, key, horizon }: OutcomeRow): string {
  return new URLSearchParams({ ...(cohort && { cohort }), by, key, horizon: String(horizon) }).toString();
}

function LiveList(props: { row: OutcomeRow; title: string }): JSX.Element {
  const list = createLiveSignals(() => searchOf(props.row));
  const rows: Rows = {
    list,
    lines: () => list.pages().flatMap(({ signals }) => signals.map(liveLine)),
    known: () => {
      const body = list.value();
      return (
        body && {
          asOf: body.as_of,
          count: body.count,
          closed: body.closed,
          mean: body.mean_pct === null ? null : body.mean_pct / 100,
        }
      );
    },
  };
  return <List rows={rows} row={props.row} title={props.title} />;
}

function StudyList(props: { row: OutcomeRow; title: string }): JSX.Element {
  const list = createStudyEntries(() => searchOf(props.row));
  const rows: Rows = {
    list,
    lines: () =>
      list.pages().flatMap(({ entries, horizon }) => entries.map((entry) => studiedLine(entry, horizon))),
    known: () => {
      const body = list.value();
      return body && { asOf: body.as_of, count: body.count, closed: body.closed, mean: body.mean };
    },
  };
  return <List rows={rows} row={props.row} title={props.title} />;
}

function List(props: { rows: Rows; row: OutcomeRow; title: string }): JSX.Element {
  const { format } = useApp();
  const { exchange } = useMarket();
  const texts = useOutcomeTexts();
  createEffect(on(exchange.active, () => void props.rows.list.reload(), { defer: true }));
  const facts = ({ count, closed, mean }: Known): string =>
    texts().adds(
      format().integer(count),
      format().integer(closed),
      mean === null ? texts().tooFew : texts().mean(format().change(mean)),
    );
  return (
    <section class="card" aria-busy={props.rows.list.busy()}>
      <RemoteState remote={props.rows.list} rows={8} />
      <Show when={props.rows.known()}>
        {(body) => (
          <Show
            when={body().count > 0}
            fallback={<p class="notice">{body().asOf === null ? texts().notMeasured : texts().emptyRow}</p>}
          >
            <p class="plain row-facts">{facts(body())}</p>
            <OutcomeTable
              lines={props.rows.lines()}
              horizon={props.row.horizon}
              caption={props.title}
              isStudy={props.row.cohort !== null}
              isMeasured={props.row.by !== "fill" || props.row.key === "filled"}
            />
            <MorePages list={props.rows.list} shown={props.rows.lines().length} count={body().count} />
          </Show>
        )}
      </Show>
    </section>
  );
}

export function OutcomeListPage(): JSX.Element {
  const { text, locale, format } = useApp();
  const location = useLocation();
  const texts = useOutcomeTexts();
  const row = createMemo(() => readOutcomeRow(location.search));
  const title = (): string => {
    const bought = cohortName(row(), locale());
    const group = groupName(row(), text(), locale());
    return texts().listTitle(bought === "" ? group : `${bought}, ${group}`, format().integer(row().horizon));
  };
  createEffect(() => {
    document.title = `${title()} · ${text().product}`;
  });
  return (
    <article class="outcomes-page">
      <a class="back" href="/performance">
        ← {texts().listBack}
      </a>
      <header class="page-head">
        <div class="page-title">
          <h2>{title()}</h2>
        </div>
        <p class="plain">{row().cohort === null ? texts().live : texts().study}</p>
      </header>
      <Show when={row().cohort !== null} fallback={<LiveList row={row()} title={title()} />}>
        <StudyList row={row()} title={title()} />
      </Show>
    </article>
  );
}
