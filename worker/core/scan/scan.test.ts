/** The scan as a whole: order and later bars do not matter, the funnel adds up, and every "no" can be checked. */
import * as fc from "fast-check";
import { describe, it } from "vitest";
import type { NaiveVerdict } from "../../testing/oracle/naive-verdict.ts";
import { makeRandom } from "../../testing/chance/random.ts";
import { randomUniverse, scanInput, type Universe } from "../../testing/oracle/random-universe.ts";
import { NO_REAL_BARS, readRealUniverse } from "../../testing/oracle/real-universe.ts";
import { naiveVerdictsOf } from "../../testing/oracle/verdict-differences.ts";
import { assert } from "../assert.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { tickerOf } from "../nominal.ts";
import { scan } from "./scan.ts";
import type { ScanResult } from "./scan-result.ts";
import { type TradingDay, tradingDayOf } from "../calendar/trading-day.ts";
import { FORM_RULES } from "../vcp/form-rules.ts";
import type { UnmetRule, Verdict } from "../vcp/verdict.ts";

function scanned(universe: Universe, asOf: TradingDay | null = null): ScanResult {
  const result = scan(scanInput(universe, asOf));
  assert(result !== null, "The market has sessions");
  return result;
}

function shuffled(universe: Universe, seed: number): Universe {
  const random = makeRandom(seed);
  const drawn = universe.listings.map((listing) => ({ listing, place: random() }));
  return { ...universe, listings: drawn.toSorted((a, b) => a.place - b.place).map(({ listing }) => listing) };
}

/** The market as it was known on a day: no later session, row or index close. */
function until({ listings, sessions, indices }: Universe, day: number): Universe {
  const early = <T extends { readonly day: number }>(rows: readonly T[]): T[] =>
    rows.filter((row) => row.day <= day);
  return {
    listings: listings.map((listing) => ({ ...listing, rows: early(listing.rows) })),
    sessions: sessions.filter((session) => session <= day),
    indices: {
      ...(indices.KOSPI && { KOSPI: early(indices.KOSPI) }),
      ...(indices.KOSDAQ && { KOSDAQ: early(indices.KOSDAQ) }),
    },
  };
}

describe("scan", () => {
  it("[SN1] gives the same in whatever order the shares come, in ticker order", ({ expect }) => {
    fc.assert(
      fc.property(fc.nat(1_000), (seed) => {
        const universe = randomUniverse(seed, 40);
        const result = scanned(universe);
        expect(scanned(shuffled(universe, seed + 1))).toEqual(result);
        const tickers = result.verdicts.map(({ ticker }) => ticker);
        expect(tickers).toEqual(tickers.toSorted());
      }),
      { numRuns: 8 },
    );
  });

  it("[SN1] finds of a past day what it found on that day", ({ expect }) => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.integer({ min: 2, max: 300 }), (seed, back) => {
        const universe = randomUniverse(seed, 30);
        const day = universe.sessions.at(-back);
        assert(day !== undefined, "There are as many sessions");
        expect(scanned(universe, day)).toEqual(scanned(until(universe, day)));
      }),
      { numRuns: 15 },
    );
  });

  it.skipIf(NO_REAL_BARS !== null)(
    `[SN1] finds of ten past days of the real market what it found on them${NO_REAL_BARS === null ? "" : ` (${NO_REAL_BARS})`}`,
    { timeout: 120_000 },
    ({ expect }) => {
      const universe = readRealUniverse();
      let detected = 0;
      for (const back of [2, 5, 11, 23, 40, 61, 90, 120, 180, 250]) {
        const day = universe.sessions.at(-back) ?? null;
        const result = scanned(universe, day);
        detected += result.funnel.detected;
        expect(result).toEqual(scanned(until(universe, day ?? 0)));
      }
      expect(detected).toBeGreaterThan(0);
    },
  );

  it("[SN1] judges the session on or before the day asked for, and nothing before the first", ({
    expect,
  }) => {
    const universe = randomUniverse(5, 10);
    const friday = universe.sessions.at(-6);
    assert(friday !== undefined, "There are sessions");
    // The last session is a Friday; so is the sixth from the end, and two days later it is a Sunday.
    const sunday = tradingDayOf(friday + 2);
    expect(scanned(universe, sunday)).toEqual(scanned(universe, friday));
    expect(scanned(universe, sunday).asOf).toBe(friday);
    expect(scan(scanInput(universe, tradingDayOf((universe.sessions[0] ?? 0) - 1)))).toBeNull();
    expect(scan(scanInput({ listings: [], sessions: [], indices: {} }, null))).toBeNull();
  });

  it("[SN2] counts every share once, as detected or under the rule that kept it off the list", ({
    expect,
  }) => {
    fc.assert(
      fc.property(fc.nat(1_000), (seed) => {
        const { funnel, rejects, verdicts } = scanned(randomUniverse(seed, 40));
        const { universe, eligible, template, base, detected } = funnel;
        expect(universe).toBe(40);
        const stages = [universe, eligible, template, base, detected];
        expect(stages).toEqual(stages.toSorted((a, b) => b - a));
        const rejected = Object.values(rejects).reduce((sum, count) => sum + count, 0);
        expect(rejected + detected).toBe(universe);
        expect(verdicts.filter((verdict) => verdict.detected)).toHaveLength(detected);
        for (const verdict of verdicts) {
          expect(verdict.detected).toBe(verdict.nearMiss === null);
        }
      }),
      { numRuns: 12 },
    );
  });

  it("[SC10] [SN2] lets the funnel hold what its stages count", ({ expect }) => {
    const { funnel, verdicts } = scanned(randomUniverse(2, 150));
    const eligible = verdicts.filter(({ eligibility }) => eligibility.ok);
    const ofShare = ["too_short", "TT", "RS", "TR1", "TR2", "TR3"];
    const template = eligible.filter(({ nearMiss }) => !ofShare.includes(nearMiss?.rule ?? ""));
    const valid = template.filter((verdict) => verdict.valid);
    expect(funnel).toEqual({
      universe: 150,
      eligible: eligible.length,
      template: template.length,
      base: valid.length,
      detected: valid.filter(({ grade }) => grade !== null && grade !== "D").length,
    });
    expect(funnel.detected).toBeGreaterThan(0);
  });

  it("[SN2] finds nothing in an empty market, and states so", ({ expect }) => {
    const { sessions } = randomUniverse(1, 1);
    const empty = scanned({ listings: [], sessions, indices: {} });
    expect(empty.funnel).toEqual({ universe: 0, eligible: 0, template: 0, base: 0, detected: 0 });
    expect(empty).toMatchObject({ verdicts: [], rejects: {}, gate: { status: "UNKNOWN", level: null } });
  });

  it("[RS2] ranks common shares of the two boards that traded today, whatever their liquidity", ({
    expect,
  }) => {
    const universe = randomUniverse(3, 150);
    const ranked = scanned(universe).verdicts.filter(({ rs }) => rs !== null);
    expect(ranked.some(({ eligibility }) => eligibility.reason === "EL3_value")).toBe(true);
    const barred = ["no_master", "EL1", "no_row", "halted_today", "adjustment_suspect", "too_short"];
    expect(ranked.filter(({ eligibility }) => barred.includes(eligibility.reason ?? ""))).toEqual([]);
    expect(ranked.filter(({ market }) => market === "KONEX")).toEqual([]);
  });

  it("[RS3] measures against the index of the share's own board, and no other", ({ expect }) => {
    const universe = randomUniverse(4, 1);
    const [listing] = universe.listings;
    const day = universe.sessions.at(-1);
    assert(listing !== undefined && day !== undefined, "There is a share");
    // The share rises to its last day, and no index does: its line is at its high.
    const last = listing.rows.length - 1;
    const rows = listing.rows.map((row, k) =>
      k === last ? { ...row, close: 4 * row.close, high: 4 * row.high } : row,
    );
    const flagsOn = (market: Instrument["market"] | null): readonly string[] => {
      const instrument = {
        ticker: tickerOf(listing.ticker),
        name: "가",
        kind: "common",
        notice: null,
      } as const;
      const rest = { industry: null, listedOn: null, nameEn: null, listedShares: null };
      const listed = { ...listing, rows, instrument: market && { ...instrument, ...rest, market } };
      const [verdict] = scanned({ ...universe, listings: [listed] }).verdicts;
      return verdict?.flags.filter((flag) => flag.startsWith("rs_line")) ?? [];
    };
    expect(flagsOn("KOSPI")).toEqual(["rs_line_high"]);
    expect(flagsOn("KONEX")).toEqual([]);
    expect(flagsOn(null)).toEqual([]);
  });

  it("[RS3] flags a lead as a new high, too", ({ expect }) => {
    const verdicts = [1, 2, 3].flatMap((seed) => scanned(randomUniverse(seed, 150)).verdicts);
    const leading = verdicts.filter(({ flags }) => flags.includes("rs_line_leads"));
    expect(leading.length).toBeGreaterThan(0);
    expect(leading.every(({ flags }) => flags.includes("rs_line_high"))).toBe(true);
    expect(verdicts.filter(({ flags }) => flags.includes("rs_line_high")).length).toBeGreaterThan(
      leading.length,
    );
  });
});

type Side = (value: number, threshold: number) => boolean;

const above: Side = (value, threshold) => value > threshold;
const below: Side = (value, threshold) => value < threshold;

/** On which side of its threshold the value of a rule lies when that is unmet; the rules of the form state theirs. */
const SIDES = new Map<string, Side>([
  ...FORM_RULES.map(({ id, side }) => [id, side === "atLeast" ? below : above] as const),
  ["adjustment_suspect", above],
  ["EL4", above],
  ["halted", (value, threshold) => value >= threshold],
  ...["BS0", "too_short", "EL3_value", "EL3_price", "halted_today"].map((id) => [id, below] as const),
]);

function isUnmet(rule: UnmetRule, value: number, threshold: number): boolean {
  return SIDES.get(rule)?.(value, threshold) ?? false;
}

/** The value of a reason, measured again; `undefined` where it is not. */
function measured(verdict: Verdict, naive: NaiveVerdict): number | null | undefined {
  const rule = verdict.nearMiss?.rule;
  const values = new Map<string | undefined, number | null>([
    ["too_short", naive.bars.length],
    ["EL3_value", naive.value],
    ["EL3_price", naive.bars.at(-1)?.close ?? Number.NaN],
    ["TT", naive.measures.passed],
    ["RS", naive.measures.rs],
    ["TR1", naive.measures.closeOverMean50],
    ["TR2", naive.measures.mean50OverMean200],
    ["TR3", naive.measures.mean150Rise],
    ["SC", verdict.score],
  ]);
  return values.get(rule);
}

describe("why not", () => {
  function wrongReasons(universe: Universe): readonly string[] {
    const result = scanned(universe);
    const naive = naiveVerdictsOf(universe, result.asOf);
    return result.verdicts.flatMap((verdict) => {
      const { nearMiss, ticker } = verdict;
      const other = naive.get(ticker);
      assert(other !== undefined, "Every share is judged twice");
      if (nearMiss === null) {
        return verdict.detected ? [] : [`${ticker}: no reason`];
      }
      const { rule, value, threshold } = nearMiss;
      const again = measured(verdict, other);
      const claim = `${ticker} ${rule}: ${value} against ${threshold}, ${again} measured again`;
      if (typeof value === "number" && typeof threshold === "number") {
        const same =
          again === undefined ||
          again === null ||
          Math.abs(again - value) <= 1e-9 * Math.max(1, Math.abs(value));
        const unmet = isUnmet(rule, value, threshold) && isUnmet(rule, again ?? value, threshold);
        return unmet && same ? [] : [claim];
      }
      // A kind, a notice or a day is text; a measure that too few bars allow has no value.
      const silent = value === null && FORM_RULES.some(({ id }) => id === rule);
      return silent || (typeof value === "string" && typeof threshold === "string" && value !== threshold)
        ? []
        : [claim];
    });
  }

  it("[SN2] [CT10] gives every share that is not detected a rule whose value lies on the wrong side", ({
    expect,
  }) => {
    fc.assert(
      fc.property(fc.nat(10_000), (seed) => {
        expect(wrongReasons(randomUniverse(seed, 50))).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  it.skipIf(NO_REAL_BARS !== null)(
    `[SN2] [CT10] does so on the real market${NO_REAL_BARS === null ? "" : ` (${NO_REAL_BARS})`}`,
    { timeout: 120_000 },
    ({ expect }) => {
      expect(wrongReasons(readRealUniverse())).toEqual([]);
    },
  );
});
