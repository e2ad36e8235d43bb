import { describe, it } from "vitest";
import { buildBase, TEXTBOOK_BASE } from "../testing/builders/base-builder.ts";
import { ALL_ELIGIBLE, verdictOn } from "../testing/oracle/compare-verdict.ts";
import { columnsOf } from "./bars/columns.ts";
import { PARAMS } from "./params.ts";
import { scan } from "./scan/scan.ts";

describe("parameters", () => {
  it("[PR1] carry a version, and a run carries it on", ({ expect }) => {
    const rows = buildBase(TEXTBOOK_BASE);
    const listings = [{ ticker: "900010", instrument: null, columns: columnsOf(rows) }];
    const sessions = rows.map((row) => row.day);
    const params = { ...PARAMS, version: "another" };
    const run = (of: typeof PARAMS): string | undefined =>
      scan({ listings, sessions, indices: {}, params: of, asOf: null })?.paramsVersion;
    expect(PARAMS.version).toMatch(/^vcp-\d+$/);
    expect(run(PARAMS)).toBe(PARAMS.version);
    expect(run(params)).toBe("another");
  });

  it("[PR1] decide: the detector has no constant of its own for what they name", ({ expect }) => {
    const rows = buildBase(TEXTBOOK_BASE);
    const rule = (base: Partial<typeof PARAMS.base>): string | undefined =>
      verdictOn(rows, { ...ALL_ELIGIBLE, base: { ...PARAMS.base, maxContractions: 3, ...base } }).nearMiss
        ?.rule;
    expect(verdictOn(rows).base?.contractions).toHaveLength(3);
    expect(rule({ lastDepth: 0.01 })).toBe("CT3dT");
    expect(rule({ bars: [200, 325] })).toBe("CT4short");
    expect(rule({ advance: 9 })).toBe("CT5adv");
    expect(rule({ extended: -0.5 })).toBe("CT6ext");
    expect(rule({ maxDryUp: 0 })).toBe("CT7dry");
    expect(
      verdictOn(rows, { ...ALL_ELIGIBLE, swing: { ...PARAMS.swing, minThreshold: 0.9, maxThreshold: 0.9 } })
        .nearMiss?.rule,
    ).toBe("no_legs");
  });
});
