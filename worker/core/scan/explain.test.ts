/** The explanation of a form against the scan: it knows more than the verdict, and never anything else. */
import { describe, it } from "vitest";
import { randomUniverse, scanInput } from "../../testing/oracle/random-universe.ts";
import { NO_REAL_BARS, readRealUniverse } from "../../testing/oracle/real-universe.ts";
import { assert } from "../assert.ts";
import { PARAMS } from "../params.ts";
import { spanOf } from "../lifecycle/birth.ts";
import { FORM_RULES } from "../vcp/form-rules.ts";
import type { Verdict } from "../vcp/verdict.ts";
import { explainForm, type FormExplanation } from "./explain.ts";
import { scan, type ScanInput } from "./scan.ts";
import type { ScanResult } from "./scan-result.ts";

const IDS: readonly string[] = FORM_RULES.map(({ id }) => id);

function scanned(input: ScanInput): ScanResult {
  const result = scan(input);
  assert(result !== null, "The market has sessions");
  return result;
}

interface Market {
  readonly result: ScanResult;
  readonly explain: (verdict: Verdict) => FormExplanation;
}

function marketOf(input: ScanInput): Market {
  const listings = [...input.listings];
  const columns = new Map(listings.map((listing) => [listing.ticker, listing.columns]));
  const explain = (verdict: Verdict): FormExplanation => {
    const rows = columns.get(verdict.ticker);
    assert(rows !== undefined, `${verdict.ticker} was scanned`);
    const incumbent = input.incumbents?.get(verdict.ticker) ?? null;
    return explainForm({ columns: rows, verdict, params: PARAMS, grid: "krx", incumbent });
  };
  return { result: scanned({ ...input, listings }), explain };
}

function firstUnmet({ rules }: FormExplanation): readonly [string, number | null, number] | null {
  const unmet = rules.find(({ met }) => met === false);
  return unmet === undefined ? null : [unmet.rule.id, unmet.value, unmet.limit];
}

/** What a scan says about one share, and what the explanation must say then. */
function expectedOf({ detected, nearMiss }: Verdict): readonly [string, unknown, unknown] | null | undefined {
  if (detected) {
    return null;
  }
  assert(nearMiss !== null, "What is not listed names a rule");
  return IDS.includes(nearMiss.rule) ? [nearMiss.rule, nearMiss.value, nearMiss.threshold] : undefined;
}

const REAL = NO_REAL_BARS === null ? readRealUniverse() : null;
const MARKETS: readonly Market[] = [
  ...[1, 2, 3].map((seed) => marketOf(scanInput(randomUniverse(seed, 40), null))),
  ...(REAL === null ? [] : [marketOf(scanInput(REAL, null))]),
];

describe("the form of a share", () => {
  it("[NM2][NM1][FM1] is explained rule by rule, the first unmet one and its base those of the verdict", ({
    expect,
  }) => {
    const counts = { listed: 0, share: 0, base: 0, shown: 0, young: 0 };
    for (const { result, explain } of MARKETS) {
      for (const verdict of result.verdicts) {
        const explained = explain(verdict);
        const { rules, of } = explained;
        expect(rules.map(({ rule }) => rule.id)).toEqual(IDS);
        const expected = expectedOf(verdict);
        if (verdict.bars < PARAMS.young.judged) {
          expect([of, rules.some(({ met }) => met !== null)]).toEqual([null, false]);
          counts.young += 1;
        } else if (expected !== undefined) {
          expect(firstUnmet(explained), verdict.ticker).toEqual(expected);
          counts[expected === null ? "listed" : verdict.nearMiss?.base === null ? "share" : "base"] += 1;
        }
        const drawn = verdict.base ?? verdict.nearMiss?.base ?? null;
        if (drawn !== null) {
          expect(of?.base, verdict.ticker).toEqual(drawn);
          expect(of?.kind).toBe(verdict.valid ? "listed" : "nearest");
        } else if (of !== null) {
          // The scan looked for no base, because the share is no leader.
          counts.shown += 1;
        }
      }
    }
    // The invented shares need not have a listed one among them.
    const needed = NO_REAL_BARS === null ? counts : { ...counts, listed: 1 };
    expect(Object.entries(needed).filter(([, n]) => n === 0)).toEqual([]);
  });

  it("[NM2] states of a share without any base what stands in the way, and asks the rules of a base of nothing", ({
    expect,
  }) => {
    let without = 0;
    for (const { result, explain } of MARKETS) {
      for (const verdict of result.verdicts) {
        const { rules, of } = explain(verdict);
        if (of === null && verdict.bars >= PARAMS.young.judged) {
          const asked = rules.filter(({ rule, met }) => rule.of === "base" && met !== null);
          expect(asked.map(({ rule }) => rule.id).filter((id) => id !== verdict.nearMiss?.rule)).toEqual([]);
          expect(rules.filter(({ rule }) => rule.of === "share").every(({ met }) => met !== null)).toBe(true);
          without += 1;
        }
      }
    }
    expect(without).toBeGreaterThan(0);
  });

  it.skipIf(NO_REAL_BARS !== null)(
    `[NM2][LCI3] of a share with a signal is that of the signal's own base, by the limits that keep${NO_REAL_BARS === null ? "" : ` (${NO_REAL_BARS})`}`,
    { timeout: 120_000 },
    ({ expect }) => {
      const universe = REAL;
      assert(universe !== null, "The bars are there");
      const before = scanned(scanInput(universe, universe.sessions.at(-8) ?? null)).verdicts;
      const incumbents = new Map(
        before.flatMap(({ ticker, detected, base }) =>
          detected && base !== null && base.noise !== null
            ? [[ticker as string, { start: spanOf(base)[0], noise: base.noise }] as const]
            : [],
        ),
      );
      const { result, explain } = marketOf({ ...scanInput(universe, null), incumbents });
      const { verdicts, incumbents: own } = result;
      const kinds = { own: 0, listed: 0, nearest: 0, none: 0 };
      for (const verdict of verdicts.filter(({ ticker }) => incumbents.has(ticker))) {
        const { rules, of } = explain(verdict);
        const kept = own.get(verdict.ticker);
        kinds[of?.kind ?? "none"] += 1;
        if (of?.kind === "own") {
          expect(of.base).toEqual(kept?.base);
          expect(rules.map(({ rule, limit }) => [rule.id, limit])).toEqual(
            FORM_RULES.map(({ id }) => [id, PARAMS.form[id].keep]),
          );
        } else {
          expect(verdict.detected || kept?.base === null, verdict.ticker).toBe(true);
        }
      }
      expect(kinds.own).toBeGreaterThan(0);
      expect(kinds.listed).toBeGreaterThan(0);
    },
  );
});
