import { describe, it } from "vitest";
import { createFormat } from "../../i18n/format.ts";
import { STATUS_COPY } from "../../i18n/status-copy.ts";
import type { MarketStatusBody } from "../../../worker/protocol/rest/market-status.ts";
import {
  DAYS_STATUS,
  MISSED_EVENING,
  PAST_RUNNING,
  PAST_WAITING,
  REFUSED_STATUS,
} from "../../e2e/stub-status.ts";
import { pastShare, statusVerdict } from "./status-verdict.ts";

function verdict(changes: Partial<MarketStatusBody>, base = DAYS_STATUS): readonly string[] {
  const words = { copy: STATUS_COPY.en, format: createFormat("en") };
  const { tone, text } = statusVerdict({ ...base, ...changes }, words);
  return [tone, text];
}

const NO_PLAN = { plan: { evening: false, morning: false }, sources: [], next: null };
const DEMO = { ...NO_PLAN, exchange: "DEMO" } as const;
const FEED = { exchange: "DEMO", source: "demo", clock: null, session: "open", tickers: 300 } as const;

describe("the sentence on everything", () => {
  it.for<readonly [Partial<MarketStatusBody>, string, string]>([
    [{}, "good", "Everything is working. Next: Official prices, 06-16 08:05 KST."],
    [{ missing: MISSED_EVENING }, "bad", "The scan for 2025-06-13 is missing."],
    [
      { missing: { ...MISSED_EVENING, session: null } },
      "bad",
      "The scheduled evening scan has not finished.",
    ],
    [{ backfill: PAST_RUNNING }, "busy", "Fetching historical prices (32%)."],
    [{ backfill: PAST_WAITING }, "bad", "Fetching historical prices has stopped."],
    [{ outbox: { waiting: 3, oldest_age_s: 121 } }, "warn", "Saved changes have not reached the pages yet."],
    [
      { outbox: { waiting: 3, oldest_age_s: 120 } },
      "good",
      "Everything is working. Next: Official prices, 06-16 08:05 KST.",
    ],
    [NO_PLAN, "good", "Everything is working. The owner imports the daily bars."],
    [
      { ...NO_PLAN, book: { ...DAYS_STATUS.book, tickers: 0 } },
      "warn",
      "No daily bars yet. Set an API key, or import files.",
    ],
    [
      { ...DEMO, feed: { ...FEED, state: "live" } },
      "good",
      "Everything is working. The demo market runs by itself.",
    ],
    [{ ...DEMO, feed: { ...FEED, state: "paused" } }, "warn", "The demo market is stopped."],
    [
      { ...DEMO, feed: { ...FEED, state: "preparing" } },
      "busy",
      "The demo market's history is being generated.",
    ],
  ])("[UI80] %o", ([changes, tone, text], { expect }) => {
    expect(verdict(changes)).toEqual([tone, text]);
  });

  it("[UI80] a refused key comes before what it causes, and only where the source is asked", ({ expect }) => {
    expect(verdict({ missing: MISSED_EVENING }, REFUSED_STATUS)).toEqual([
      "bad",
      "KRX Open API is refusing requests.",
    ]);
    const unused = REFUSED_STATUS.sources.map((source) => ({ ...source, named: false }));
    expect(verdict({ sources: unused }, REFUSED_STATUS)[1]).toBe("Fetching historical prices has stopped.");
  });

  it("[UI83] the share of the past is of the sessions that are wanted", ({ expect }) => {
    expect(pastShare(PAST_RUNNING)).toBe(0.32);
    expect(pastShare(DAYS_STATUS.backfill)).toBe(1);
    expect(pastShare({ ...PAST_RUNNING, wanted: 0 })).toBe(0);
  });
});
