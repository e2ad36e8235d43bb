/** What the official rows of each session changed in the rows that stood before them: what an evening's prices are worth. */
import { For, type JSX, Show } from "solid-js";
import type { SessionDifferences } from "../../../../worker/protocol/rest/day-facts.ts";
import { useApp } from "../../app-context.tsx";
import { useStatusCopy } from "../../labels/status-copy.ts";
import { ShareBar } from "../runs/scan-summary.tsx";

/** Some four weeks; the answer has the rest. */
const MOST_SESSIONS = 20;
/** In one line, the largest first. */
const MOST_NAMED = 2;

type Counted = readonly [label: string, stocks: number];

function SessionRow(props: { of: SessionDifferences; open: boolean }): JSX.Element {
  const { format } = useApp();
  const copy = useStatusCopy();
  const counted = (): readonly Counted[] => {
    const { fields, added, unconfirmed } = props.of;
    const ofRows: readonly Counted[] = [
      [copy().addedStocks, added],
      [copy().unconfirmedStocks, unconfirmed],
    ];
    return [
      ...ofRows.filter(([, stocks]) => stocks > 0),
      ...fields.map(({ field, stocks }) => [copy().field[field], stocks] as const),
    ];
  };
  const largest = (): string =>
    counted()
      .toSorted((a, b) => b[1] - a[1])
      .slice(0, MOST_NAMED)
      .map(([label, stocks]) => `${label} ${format().integer(stocks)}`)
      .join(" · ");
  return (
    <details open={props.open} data-session={props.of.session}>
      <summary>
        <b>{format().day(props.of.session)}</b>{" "}
        <span class="muted number">{largest() === "" ? copy().differencesNone : largest()}</span>
      </summary>
      <p class="muted small-note">{copy().differencesOf(format().integer(props.of.rows))}</p>
      <ul class="differences">
        <For each={counted()}>
          {([label, stocks]) => (
            <li>
              <span class="label">{label}</span>
              <ShareBar share={Math.min(1, stocks / Math.max(1, props.of.rows))} />
              <b class="number">{format().integer(stocks)}</b>
            </li>
          )}
        </For>
      </ul>
    </details>
  );
}

/** Nothing where no session had rows before its official ones: without them there is nothing to compare. */
export function DifferenceList(props: { sessions: readonly SessionDifferences[] }): JSX.Element {
  const copy = useStatusCopy();
  const compared = (): readonly SessionDifferences[] =>
    props.sessions.filter(({ rows, added }) => added < rows).slice(0, MOST_SESSIONS);
  return (
    <Show when={compared().length > 0}>
      <section class="card" aria-labelledby="differences-title">
        <h3 id="differences-title">{copy().differencesTitle}</h3>
        <p class="muted small-note">{copy().differencesNote}</p>
        <For each={compared()}>{(one, index) => <SessionRow of={one} open={index() === 0} />}</For>
      </section>
    </Show>
  );
}
