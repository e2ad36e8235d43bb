/** The signal that is shown while the next one of a step is on its way: the chart that stands is drawn anew, and not made anew. */
import { type Accessor, untrack } from "solid-js";
import { charts } from "../../store/chart.ts";
import { details } from "../../store/signals/signal-detail.ts";
import { useMarket } from "../market-context.tsx";
import { useAnswersTag } from "./answers-tag.ts";
import { askAhead } from "./fetch-ahead.ts";
import { createHeldKey } from "./held-key.ts";

/** Of the list: what is not on it, or was not led to by a step, is shown at once. */
export function createReady(id: Accessor<string | null>, isStep: () => boolean): Accessor<string | null> {
  const { signals } = useMarket();
  const tag = useAnswersTag();
  return createHeldKey(id, (next, abort) =>
    untrack(() => {
      const row = signals.value()?.signals.find((one) => one.id === next);
      const isHere = row === undefined || (details.get(next) !== null && charts.get(row.ticker) !== null);
      if (isHere || tag() === null || !isStep()) {
        return null;
      }
      askAhead(tag(), row);
      return Promise.allSettled([details.load(next, abort), charts.load(row.ticker, abort)]);
    }),
  );
}
