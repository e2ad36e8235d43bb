/** What a reader will look at next is asked for while the browser is idle: the signals beside the shown one, with their bars. */
import { type Accessor, createComputed, createEffect, createMemo, on, onCleanup } from "solid-js";
import { charts } from "../../store/chart.ts";
import { details } from "../../store/signals/signal-detail.ts";
import { stockSignals } from "../../store/stock.ts";
import { useMarket } from "../market-context.tsx";
import { useAnswersTag } from "./answers-tag.ts";
import { aheadOf } from "./flip-place.ts";
import { whenIdle } from "./when-idle.ts";

const ALL = [details, charts, stockSignals];

/** Answers of another exchange, or of before the last scan, are dropped. To be called before anything is read of them. */
export function useFreshAnswers(): void {
  const tag = useAnswersTag();
  createComputed(() => {
    const known = tag();
    if (known !== null) {
      for (const answers of ALL) {
        answers.of(known);
      }
    }
  });
}

/** All that the place of a signal shows at first; `tag` as {@link useAnswersTag} has it, and without one nothing is asked. */
export function askAhead(tag: string | null, signal: { readonly id: string; readonly ticker: string }): void {
  if (tag === null) {
    return;
  }
  for (const answers of ALL) {
    answers.of(tag);
  }
  details.ahead(signal.id);
  charts.ahead(signal.ticker);
  stockSignals.ahead(signal.ticker);
}

/** Follows the shown signal; what is no longer beside it is given up. `isReady`: the shown one has come. */
export function createAhead(
  ids: Accessor<readonly string[]>,
  id: Accessor<string | null>,
  isReady: Accessor<boolean>,
): void {
  const { signals } = useMarket();
  const tag = useAnswersTag();
  /** The shown one first: what is under way for it is not given up. */
  const wanted = createMemo<readonly string[]>(
    () => {
      const shown = id();
      return shown === null ? [] : [shown, ...aheadOf(ids(), shown)];
    },
    [],
    { equals: (a, b) => a.join() === b.join() },
  );
  createEffect(
    on([wanted, isReady, tag], ([next, ready]) => {
      const byId = new Map(signals.value()?.signals.map((row) => [row.id, row]));
      const rows = next.flatMap((one) => byId.get(one) ?? []);
      const tickers = rows.map(({ ticker }) => ticker);
      details.narrow(next);
      charts.narrow(tickers);
      stockSignals.narrow(tickers);
      if (ready) {
        onCleanup(
          whenIdle(() => {
            for (const row of rows.filter(({ id: one }) => one !== next[0])) {
              askAhead(tag(), row);
            }
          }),
        );
      }
    }),
  );
}
