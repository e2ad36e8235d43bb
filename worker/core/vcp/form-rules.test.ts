/** FM: what holds of every line of the table of rules, and that the kernel asks each of them. */
import { describe, it } from "vitest";
import { buildBase, LAST_DAY, TEXTBOOK_BASE } from "../../testing/builders/base-builder.ts";
import { ALL_ELIGIBLE, verdictOn } from "../../testing/oracle/compare-verdict.ts";
import { SPEC_PARAMS } from "../../testing/oracle/spec-numbers.ts";
import { assert } from "../assert.ts";
import { columnsOf } from "../bars/columns.ts";
import { tickerOf } from "../nominal.ts";
import { PARAMS, type Params } from "../params.ts";
import { FORM_RULES, type FormRule, isMet } from "./form-rules.ts";
import { scan } from "../scan/scan.ts";
import { BASE_MEASURES, SHARE_MEASURES } from "./measures.ts";
import type { Verdict } from "./verdict.ts";

const RULES: readonly FormRule[] = FORM_RULES;
const TEXTBOOK = buildBase(TEXTBOOK_BASE);

/** What a listed base measures of a rule: the limit at which it is just met. */
function asking(rule: FormRule, limit: number): Params {
  return { ...ALL_ELIGIBLE, form: { ...PARAMS.form, [rule.id]: { limit, keep: limit } } };
}

const beyond = (rule: FormRule): number => (rule.side === "atLeast" ? 1e6 : -1e6);

describe("the table of the form", () => {
  it("[FM1] has no id twice, and no limit that keeps is stricter than that of a new listing", ({
    expect,
  }) => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    for (const { id, side, limit, keep } of RULES) {
      expect(side === "atLeast" ? keep <= limit : keep >= limit, id).toBe(true);
      expect(PARAMS.form[id]).toEqual({ limit, keep });
    }
  });

  it("[FM1] asks of a share what is measured of a share, and of a base what is measured of a base", ({
    expect,
  }) => {
    for (const { id, of, measure } of RULES) {
      expect(measure in SHARE_MEASURES, id).toBe(of === "share");
      expect(measure in BASE_MEASURES, id).toBe(of === "base");
    }
  });

  it("[FM1] stands in SPEC.md with its numbers", ({ expect }) => {
    expect(PARAMS.form).toEqual(SPEC_PARAMS.form);
    expect(PARAMS.base).toEqual(SPEC_PARAMS.base);
  });

  it("[FM1] at the limit is met, beyond it not; a missing value is met, a ratio of nothing to nothing not", ({
    expect,
  }) => {
    for (const rule of RULES) {
      const more = rule.side === "atLeast" ? 1e-9 : -1e-9;
      expect(isMet(rule, rule.limit, rule.limit), rule.id).toBe(true);
      expect(isMet(rule, rule.limit + more, rule.limit), rule.id).toBe(true);
      expect(isMet(rule, rule.limit - more, rule.limit), rule.id).toBe(false);
      expect(isMet(rule, null, rule.limit), rule.id).toBe(true);
      expect(isMet(rule, Number.NaN, rule.limit), rule.id).toBe(false);
    }
  });

  it("[FM2] lists the textbook base, and refuses it by each rule alone, with value and threshold", ({
    expect,
  }) => {
    expect(verdictOn(TEXTBOOK).detected).toBe(true);
    const silent: string[] = [];
    for (const rule of RULES) {
      const limit = beyond(rule);
      const verdict = verdictOn(TEXTBOOK, asking(rule, limit));
      if (verdict.detected) {
        silent.push(rule.id);
        continue;
      }
      const { nearMiss } = verdict;
      expect(nearMiss?.threshold, rule.id).toBe(limit);
      expect(nearMiss?.rule, rule.id).toBe(rule.id);
      // At the very value it is listed again.
      const value = nearMiss?.value;
      expect(typeof value, rule.id).toBe("number");
      expect(verdictOn(TEXTBOOK, asking(rule, Number(value))).detected, rule.id).toBe(true);
    }
    // Alone it has no rating.
    expect(silent).toEqual(["RS"]);
  });

  it("[TR1] [TR2] [TR3] [RR2] [RR3] [PV2] [PV3] [CT3] [CT4] [QT2] [BS5] are asked in the order of the table", ({
    expect,
  }) => {
    const all = RULES.filter(({ id }) => id !== "RS" && id !== "BS1" && id !== "TT");
    for (let i = 0; i < all.length; i++) {
      const form = Object.fromEntries(
        all.slice(i).map((rule) => [rule.id, { limit: beyond(rule), keep: rule.keep }]),
      );
      const verdict = verdictOn(TEXTBOOK, { ...ALL_ELIGIBLE, form: { ...PARAMS.form, ...form } });
      expect(verdict.nearMiss?.rule).toBe(all[i]?.id);
    }
  });

  it("[SC10] [LCI3] a listed pattern stands by the limits that keep, and falls by each of them alone", ({
    expect,
  }) => {
    const base = verdictOn(TEXTBOOK).base;
    assert(base?.noise, "The textbook base is listed");
    const [first] = base.contractions;
    const incumbents = new Map([["900010", { start: first?.highDay ?? LAST_DAY, noise: base.noise }]]);
    const own = (params: Params): Verdict | undefined =>
      scan({
        listings: [{ ticker: "900010", instrument: null, columns: columnsOf(TEXTBOOK) }],
        sessions: TEXTBOOK.map((row) => row.day),
        indices: {},
        params,
        asOf: null,
        incumbents,
      })?.incumbents.get(tickerOf("900010"));
    for (const rule of RULES.filter(({ id }) => id !== "RS")) {
      const form = { ...PARAMS.form, [rule.id]: { limit: beyond(rule), keep: PARAMS.form[rule.id].keep } };
      const kept = own({ ...ALL_ELIGIBLE, form });
      expect([rule.id, kept?.detected, kept?.base?.footprint]).toEqual([rule.id, true, base.footprint]);
      const fallen = own(asking(rule, beyond(rule)));
      expect([rule.id, fallen?.detected]).toEqual([rule.id, false]);
      // Of a share that could not be listed whatever its rating no base is read at all.
      expect(fallen?.nearMiss?.rule).toBe(rule.id);
    }
  });
});
