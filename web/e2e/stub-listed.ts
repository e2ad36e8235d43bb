/** The list as the keys of alerts read it, and notices over the page that wait for a test. */
import type { SignalRow } from "../../worker/protocol/signal-row.ts";
import { TOAST_MS } from "../view/alerts/toasts.ts";
import type { Answer } from "./stub-api.ts";
import { eventsOf } from "./stub-pages.ts";
import { detailOf, ROWS, SIGNALS } from "./stub-signals.ts";

/** Under ids as the server makes them: the key reads the share of a page from its address. */
export const LISTED: readonly SignalRow[] = ROWS.map((row) => ({
  ...row,
  id: `${row.ticker}.20250304.20250520`,
}));
/** Of the list and of each of its signals. */
export const LISTED_ANSWERS: Readonly<Record<string, Answer>> = {
  "/api/kr/signals": { body: { ...SIGNALS, signals: [...LISTED] } },
  ...Object.fromEntries(
    LISTED.flatMap((row) => [
      [`/api/kr/signals/${row.id}`, { body: detailOf(row) }],
      [`/api/kr/signals/${row.id}/events`, { body: eventsOf(detailOf(row)) }],
    ]),
  ),
};

/** A notice stands until the test has looked at it, however slow the machine is; that it goes by itself is tested without a browser. */
export const STAYING = `{
  const { setTimeout } = globalThis;
  globalThis.setTimeout = (run, ms, ...given) => (ms === ${TOAST_MS} ? 0 : setTimeout(run, ms, ...given));
}`;
