/** UI93: the signals that have ended, by filters that stand in the address. */
import { useLocation, useNavigate } from "@solidjs/router";
import { createEffect, createMemo, For, type JSX, on, Show } from "solid-js";
import type { EndedSignal } from "../../../worker/protocol/rest/signal-list.ts";
import { createArchive } from "../../store/outcome-lists.ts";
import { useApp } from "../app-context.tsx";
import { useRuleCopy } from "../labels/rule-copy.ts";
import { type ArchiveQuery, encodeArchiveQuery, readArchiveQuery } from "../labels/archive-query.ts";
import { useOutcomeTexts } from "../labels/outcome-texts.ts";
import { createMediaMatch, WIDE_TABLE } from "../environment.ts";
import { useMarket } from "../market-context.tsx";
import { ArchiveFilters } from "../part/performance/archive-filters.tsx";
import { MorePages } from "../part/performance/more-pages.tsx";
import { type OutcomeCard, OutcomeCards } from "../part/performance/outcome-cards.tsx";
import { RemoteState } from "../part/ui/remote-state.tsx";
import { ScrollRegion } from "../part/ui/scroll-region.tsx";
import "../style/pages.css";

const DAY_MS = 86_400_000;

/** Calendar days that it stood on the list. */
function daysOf({ signal_date, ended_on }: EndedSignal): number {
  return Math.round((Date.parse(ended_on) - Date.parse(signal_date)) / DAY_MS);
}

/** Where it was bought: the last value against the entry; `null` for one that never reached it. */
function changeOf({ triggered_on, current_price, entry_price }: EndedSignal): number | null {
  return triggered_on === null || current_price === null ? null : current_price / entry_price - 1;
}

function Row(props: { signal: EndedSignal }): JSX.Element {
  const { format, naming } = useApp();
  const rules = useRuleCopy();
  const texts = useOutcomeTexts();
  const named = () => naming(props.signal);
  return (
    <tr>
      <th scope="row">
        <a href={`/signals/${encodeURIComponent(props.signal.id)}`} title={named().title}>
          {named().name}
        </a>{" "}
        <span class="muted">{named().code}</span>
      </th>
      <td class="number">{format().day(props.signal.ended_on)}</td>
      <td>
        {texts().endings[props.signal.ending]}
        <span class="range muted">{rules().reasonText(props.signal.reason)}</span>
      </td>
      <td>{props.signal.entry_grade ?? "–"}</td>
      <td class="number">{format().day(props.signal.signal_date)}</td>
      <td class="number">{format().integer(daysOf(props.signal))}</td>
      <td class="number">{format().day(props.signal.triggered_on)}</td>
      <td class="number">{format().price(props.signal.entry_price)}</td>
      <td class="number">{format().price(props.signal.stop_loss)}</td>
      <td class="number strong">{format().change(changeOf(props.signal))}</td>
    </tr>
  );
}

function Table(props: { signals: readonly EndedSignal[] }): JSX.Element {
  const texts = useOutcomeTexts();
  const columns = (): readonly (readonly [name: string, isNumber: boolean])[] => [
    [texts().share, false],
    [texts().endedOn, true],
    [texts().ending, false],
    [texts().grade, false],
    [texts().born, true],
    [texts().days, true],
    [texts().triggered, true],
    [texts().entry, true],
    [texts().stop, true],
    [texts().fromEntry, true],
  ];
  return (
    <ScrollRegion label={texts().archiveTitle}>
      <table class="outcomes outcome-list archive">
        <caption class="visually-hidden">{texts().archiveTitle}</caption>
        <thead>
          <tr>
            <For each={columns()}>
              {([name, isNumber]) => (
                <th scope="col" class={isNumber ? "number" : undefined}>
                  {name}
                </th>
              )}
            </For>
          </tr>
        </thead>
        <tbody>
          <For each={props.signals}>{(signal) => <Row signal={signal} />}</For>
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** The same as cards, where a table of ten columns has no room. */
function Cards(props: { signals: readonly EndedSignal[] }): JSX.Element {
  const { format } = useApp();
  const rules = useRuleCopy();
  const texts = useOutcomeTexts();
  const cards = createMemo((): readonly OutcomeCard[] =>
    props.signals.map((signal) => ({
      href: `/signals/${encodeURIComponent(signal.id)}`,
      company: signal,
      result: format().change(changeOf(signal)),
      facts: [
        [texts().endedOn, format().day(signal.ended_on)],
        [texts().ending, `${texts().endings[signal.ending]} · ${rules().reasonText(signal.reason)}`],
        [texts().grade, signal.entry_grade ?? "–"],
        [texts().born, format().day(signal.signal_date)],
        [texts().days, format().integer(daysOf(signal))],
        [texts().triggered, format().day(signal.triggered_on)],
        [texts().entry, format().price(signal.entry_price)],
        [texts().stop, format().price(signal.stop_loss)],
      ],
    })),
  );
  return <OutcomeCards label={texts().archiveTitle} cards={cards()} />;
}

export function ArchivePage(): JSX.Element {
  const { text } = useApp();
  const { exchange } = useMarket();
  const texts = useOutcomeTexts();
  const location = useLocation();
  const navigate = useNavigate();
  const wide = createMediaMatch(WIDE_TABLE);
  const query = createMemo(() => readArchiveQuery(location.search));
  const search = createMemo(() => encodeArchiveQuery(query()));
  const archive = createArchive(() => search());
  const signals = createMemo(() => archive.pages().flatMap((page) => page.signals));
  createEffect(() => {
    document.title = `${texts().archiveTitle} · ${text().product}`;
  });
  createEffect(on(exchange.active, () => void archive.reload(), { defer: true }));
  const choose = (next: ArchiveQuery): void => {
    navigate(`/archive?${encodeArchiveQuery(next)}`, { replace: true, scroll: false });
  };
  return (
    <article class="outcomes-page" aria-busy={archive.busy()}>
      <header class="page-head">
        <div class="page-title">
          <h2>{texts().archiveTitle}</h2>
        </div>
        <p class="plain">{texts().archiveLead}</p>
      </header>
      <section class="card">
        <ArchiveFilters query={query()} onChoose={choose} />
        <RemoteState remote={archive} rows={8} />
        <Show when={archive.value()}>
          {(body) => (
            <Show
              when={body().count > 0}
              fallback={
                <p class="notice">{search() === "" ? texts().archiveNone : texts().archiveNoMatch}</p>
              }
            >
              <Show when={wide()} fallback={<Cards signals={signals()} />}>
                <Table signals={signals()} />
              </Show>
              <MorePages list={archive} shown={signals().length} count={body().count} />
            </Show>
          )}
        </Show>
      </section>
    </article>
  );
}
