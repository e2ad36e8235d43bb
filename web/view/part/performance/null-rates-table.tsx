/** How often chance passes the rules, beside what is allowed and what real shares do. */
import { createMemo, For, type JSX, Show } from "solid-js";
import type { NullFigures, NullRate, NullRates } from "../../../../worker/protocol/rest/null-rates.ts";
import { useApp } from "../../app-context.tsx";
import { createMediaMatch } from "../../environment.ts";
import { shapeVerdict } from "../../labels/null-verdict.ts";
import { usePerformanceCopy } from "../../labels/performance-copy.ts";
import { type FigureCard, FigureCards } from "./figure-cards.tsx";
import { ScrollRegion } from "../ui/scroll-region.tsx";

/** Two decimals, because the shares are small: 0.3 % and 0.75 % differ much here. */
function useFine(): (fraction: number) => string {
  const { format } = useApp();
  return (fraction) => `${format().ratio(100 * fraction)}%`;
}

function Rate(props: { rate: NullRate; within?: boolean }): JSX.Element {
  const fine = useFine();
  const copy = usePerformanceCopy();
  return (
    <td class="number">
      <span classList={{ over: props.within === false }}>{fine(props.rate.rate)}</span>
      <span class="range muted">
        <span class="visually-hidden">{copy().interval} </span>
        {copy().range(fine(props.rate.low), fine(props.rate.high))}
      </span>
      <Show when={props.within === false}>
        <span class="range over">{copy().nullOver}</span>
      </Show>
    </td>
  );
}

function NullRow(props: { figures: NullFigures }): JSX.Element {
  const { format } = useApp();
  const copy = usePerformanceCopy();
  return (
    <tr>
      <th scope="row">{props.figures.kind === "walk" ? copy().nullWalk : copy().nullShuffled}</th>
      <td class="number">{format().integer(props.figures.n)}</td>
      <Rate rate={props.figures.valid} />
      <Rate rate={props.figures.c_or_better} within={props.figures.within.c_or_better} />
      <Rate rate={props.figures.s_or_a} within={props.figures.within.s_or_a} />
    </tr>
  );
}

/** The same as cards, where the table has no room. */
function NullCards(props: { rates: NullRates }): JSX.Element {
  const { format } = useApp();
  const fine = useFine();
  const copy = usePerformanceCopy();
  const rateText = (rate: NullRate, isWithin = true): string => {
    const value = `${fine(rate.rate)} (${copy().range(fine(rate.low), fine(rate.high))})`;
    return isWithin ? value : `${value} ${copy().nullOver}`;
  };
  const columns = (): readonly [shape: string, listed: string, best: string] => {
    const { nullShape, nullListed, nullBest } = copy();
    return [nullShape, nullListed, nullBest];
  };
  const cardOf = (name: string, cases: number | null, values: readonly (string | null)[]): FigureCard => ({
    name,
    ...(cases === null ? {} : { cases: `${copy().nullSeries} ${format().integer(cases)}` }),
    facts: columns().flatMap((label, i) => {
      const value = values[i] ?? null;
      return value === null ? [] : [[label, value] as const];
    }),
  });
  const cards = createMemo((): readonly FigureCard[] => {
    const { nulls, real, limits } = props.rates;
    return [
      ...nulls.map((one) =>
        cardOf(one.kind === "walk" ? copy().nullWalk : copy().nullShuffled, one.n, [
          rateText(one.valid),
          rateText(one.c_or_better, one.within.c_or_better),
          rateText(one.s_or_a, one.within.s_or_a),
        ]),
      ),
      cardOf(copy().nullReal, real.ticker_days, [real.valid, real.c_or_better, real.s_or_a].map(fine)),
      cardOf(copy().nullLimit, null, [null, fine(limits.c_or_better), fine(limits.s_or_a)]),
    ];
  });
  return <FigureCards label={copy().nullCaption} cards={cards()} />;
}

function NullTable(props: { rates: NullRates }): JSX.Element {
  const { format } = useApp();
  const fine = useFine();
  const copy = usePerformanceCopy();
  return (
    <ScrollRegion label={copy().nullCaption}>
      <table class="outcomes nulls">
        <caption class="visually-hidden">{copy().nullCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{copy().group}</th>
            <th scope="col" class="number">
              {copy().nullSeries}
            </th>
            <th scope="col" class="number">
              {copy().nullShape}
            </th>
            <th scope="col" class="number">
              {copy().nullListed}
            </th>
            <th scope="col" class="number">
              {copy().nullBest}
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={props.rates.nulls}>{(figures) => <NullRow figures={figures} />}</For>
          <tr>
            <th scope="row">{copy().nullReal}</th>
            <td class="number">{format().integer(props.rates.real.ticker_days)}</td>
            <td class="number">{fine(props.rates.real.valid)}</td>
            <td class="number">{fine(props.rates.real.c_or_better)}</td>
            <td class="number">{fine(props.rates.real.s_or_a)}</td>
          </tr>
          <tr>
            <th scope="row">{copy().nullLimit}</th>
            <td class="number" colSpan={2}>
              –
            </td>
            <td class="number">{fine(props.rates.limits.c_or_better)}</td>
            <td class="number">{fine(props.rates.limits.s_or_a)}</td>
          </tr>
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** `demo`: the page shows the demo market, of which these figures are not. */
export function NullRatesTable(props: { rates: NullRates; demo: boolean }): JSX.Element {
  const { format } = useApp();
  const fine = useFine();
  const copy = usePerformanceCopy();
  const wide = createMediaMatch("(min-width: 768px)");
  const share = (kind: NullFigures["kind"]): string =>
    fine(props.rates.nulls.find((one) => one.kind === kind)?.valid.rate ?? Number.NaN);
  const isOver = (): boolean => props.rates.nulls.some(({ within }) => !within.s_or_a || !within.c_or_better);
  return (
    <>
      <p class="plain null-lead">
        {copy().nullLead(share("walk"), share("shuffled"), fine(props.rates.real.valid))}{" "}
        {shapeVerdict(props.rates, copy())}
      </p>
      <Show when={props.demo}>
        <p class="notice">{copy().nullDemo}</p>
      </Show>
      <Show when={wide()} fallback={<NullCards rates={props.rates} />}>
        <NullTable rates={props.rates} />
      </Show>
      <Show when={isOver()}>
        <p class="notice warn">{copy().nullOverNote}</p>
      </Show>
      <p class="muted small-note">
        {copy().nullNote(props.rates.params_version, props.rates.seed)}{" "}
        {copy().nullSource(
          format().day(props.rates.real.first_day),
          format().day(props.rates.real.last_day),
          format().integer(props.rates.real.days),
          format().integer(props.rates.real.tickers),
        )}
      </p>
    </>
  );
}
