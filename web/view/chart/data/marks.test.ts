import { describe, it } from "vitest";
import type { ChartBar } from "../../../../worker/protocol/rest/chart.ts";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";
import { type Mark, marksOf } from "./marks.ts";

/** Thirty days from 2025-01-01 whose close is 100, 101, ...; the 5th, 6th and 9th without trading. */
const BARS = Array.from({ length: 30 }, (_, i): ChartBar => {
  const date = new Date(Date.UTC(2025, 0, 1 + i)).toISOString().slice(0, 10);
  const close = 100 + i;
  return [4, 5, 8].includes(i)
    ? { date, open: null, high: null, low: null, close, volume: 0 }
    : { date, open: close, high: close, low: close, close, volume: 1 };
});

function signal(id: string, rest: Partial<SignalRow>): SignalRow {
  return {
    id,
    ticker: "005930",
    name: "삼성전자",
    name_en: null,
    romanised: null,
    market: "KOSPI",
    signal_type: "VCP",
    state: "FAILED",
    score: 80,
    grade: "B",
    footprint: "6W 20/5 3T",
    depths: [0.2, 0.1, 0.05],
    pivot: 100,
    entry_price: 100,
    stop_loss: 95,
    target_price: 110,
    current_price: 100,
    distance_pct: 0,
    rs: 90,
    volume_dry_up: 0.5,
    contraction_ratio: 0.5,
    flags: [],
    signal_date: "2025-01-02",
    triggered_on: null,
    created_at: "2025-01-02T16:00:00.000+09:00",
    updated_at: "2025-01-02T16:00:00.000+09:00",
    run_id: "r",
    ...rest,
  };
}

const marks = (signals: readonly SignalRow[], shown: string | null = null): readonly Mark[] =>
  marksOf({ bars: BARS, events: [{ type: "adjustment", date: "2025-01-20", factor: 0.2 }] }, signals, shown);

describe("the marks of a chart", () => {
  it("[UI185] are signals at their trigger, actions and runs of days without trading, latest first", ({
    expect,
  }) => {
    const found = marks(
      [
        signal("a", { triggered_on: "2025-01-03" }),
        signal("b", { signal_date: "2025-01-28" }),
        signal("c", {}),
      ],
      "c",
    );
    expect(found.map(({ kind, day }) => `${kind} ${day}`)).toEqual([
      "signal 2025-01-28",
      "action 2025-01-20",
      "halt 2025-01-09",
      "halt 2025-01-05",
      "signal 2025-01-03",
    ]);
    expect(found[3]).toEqual({ kind: "halt", day: "2025-01-05", until: "2025-01-06", bars: 2 });
  });

  it("[UI185] give an outcome over sessions with trading, and none before a trigger or its next session", ({
    expect,
  }) => {
    const after = (rest: Partial<SignalRow>) => {
      const found = marks([signal("a", rest)]).find(({ kind }) => kind === "signal");
      return found?.kind === "signal" ? found.after : undefined;
    };
    // From the 3rd day on twenty sessions end on the 26th: three days between were without trading.
    expect(after({ triggered_on: "2025-01-03" })).toEqual({ bars: 20, change: 125 / 102 - 1 });
    expect(after({ triggered_on: "2025-01-28" })).toEqual({ bars: 2, change: 129 / 127 - 1 });
    expect(after({ triggered_on: "2025-01-30" })).toBeNull();
    expect(after({ triggered_on: null })).toBeNull();
  });

  it("[UI185] leave out what lies outside the bars", ({ expect }) => {
    const ids = marks([
      signal("early", { triggered_on: "2024-12-31" }),
      signal("late", { triggered_on: "2025-01-31" }),
    ]).filter(({ kind }) => kind === "signal");
    expect(ids).toEqual([]);
    expect(marksOf({ bars: [], events: [] }, [signal("a", {})], null)).toEqual([]);
  });
});
