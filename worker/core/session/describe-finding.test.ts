import { describe, it } from "vitest";
import { midnightOf } from "../calendar/trading-day.ts";
import { TWO_CLOSES_SINCE } from "../bars/origin.ts";
import { describeFinding, figuresOf, remedyOf } from "./describe-finding.ts";
import { FINDING_KINDS, type SessionFinding } from "./finding.ts";

const day = TWO_CLOSES_SINCE;
const ALL: readonly SessionFinding[] = [
  { kind: "no_session", day, why: "a Saturday or Sunday" },
  { kind: "still_open", day, closesAt: midnightOf(day) + 15.5 * 3_600_000 },
  { kind: "partial_day", day, rows: 10, before: 100 },
  { kind: "repeats", day, rows: 100, repeated: 99 },
  { kind: "all_halted", day, traded: 90, halted: 60 },
  { kind: "jump", day, rows: 100, beyond: 98, ratio: 0.010_012_3 },
  { kind: "volume_unit", day, ratio: 0.001 },
  { kind: "value_unit", day, ratio: 0.000_001 },
  { kind: "rebased_history", day, tickers: 1_300, days: 60, factor: 0.5 },
];

describe("the text of a finding", () => {
  it("[DY4] stands for each kind, with its day, every figure and a way on", ({ expect }) => {
    expect(ALL.map(({ kind }) => kind)).toEqual(FINDING_KINDS);
    const mixed = { kind: "partial_day", day, rows: 10, before: 100, close: "regular" } as const;
    expect(describeFinding(mixed)).toBe(
      "on 2026-09-14 10 of 100 tickers have the regular close, the others another one",
    );
    for (const finding of ALL) {
      expect(remedyOf(finding)).toContain(`--accept ${finding.kind}, `);
      expect(Object.keys(figuresOf(finding))).not.toContain("kind");
    }
    expect(ALL.map(describeFinding)).toMatchInlineSnapshot(`
      [
        "2026-09-14 is no session of the exchange: a Saturday or Sunday",
        "the rows of 2026-09-14 arrived before that session's close at 15:30 in Seoul",
        "2026-09-14 has rows of 10 tickers, the session before of 100",
        "on 2026-09-14 99 of 100 tickers repeat the prices and the volume of the session before",
        "on 2026-09-14 60 of 90 tickers that traded the session before are halted",
        "on 2026-09-14 98 of 100 tickers moved beyond the daily limit, the median price is 0.01001 times the one before",
        "the median volume of 2026-09-14 is 0.001 times that of the session before",
        "the traded value of 2026-09-14 is 0.000001 times close x volume in the median",
        "an import replaced the closes of 1300 tickers by 0.5 times as much over at least 60 days",
      ]
    `);
  });
});
