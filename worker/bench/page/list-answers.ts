/** What a server answers to a page with a list: the usual answers, and every signal of the list with its bars and history. */
import { DEFAULTS } from "../../../web/e2e/stub-api.ts";
import { chartOf } from "../../../web/e2e/stub-chart.ts";
import { eventsOf } from "../../../web/e2e/stub-pages.ts";
import { detailOf, SIGNALS } from "../../../web/e2e/stub-signals.ts";
import type { SignalRow } from "../../protocol/signal-row.ts";

/** By path. */
export function answersFor(rows: readonly SignalRow[]): ReadonlyMap<string, object> {
  const { exchange, generated_at } = SIGNALS;
  const bodies = DEFAULTS.flatMap(([path, answer]) =>
    typeof answer !== "string" && "body" in answer ? [[path, answer.body] as const] : [],
  );
  return new Map<string, object>([
    ...bodies,
    ["/api/kr/signals", { ...SIGNALS, signals: rows, count: rows.length }],
    ...rows.flatMap((row): readonly (readonly [string, object])[] => {
      const detail = detailOf(row);
      return [
        [`/api/kr/signals/${row.id}`, detail],
        [`/api/kr/signals/${row.id}/events`, eventsOf(detail)],
        [`/api/kr/stocks/${row.ticker}/chart`, chartOf(detail)],
        [`/api/kr/stocks/${row.ticker}/signals`, { exchange, generated_at, signals: [row], count: 1 }],
      ];
    }),
  ]);
}
