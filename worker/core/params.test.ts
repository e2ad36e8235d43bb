import { describe, it } from "vitest";
import { buildBase, TEXTBOOK_BASE } from "../testing/builders/base-builder.ts";
import { ALL_ELIGIBLE, verdictOn } from "../testing/oracle/compare-verdict.ts";
import { columnsOf } from "./bars/columns.ts";
import { PARAMS, type Params } from "./params.ts";
import { scan } from "./scan/scan.ts";
import type { Verdict } from "./vcp/verdict.ts";

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
    const rows = buildBase({ ...TEXTBOOK_BASE, shelf: 8 });
    const asked = (base: Partial<Params["base"]>): Verdict =>
      verdictOn(rows, { ...ALL_ELIGIBLE, base: { ...PARAMS.base, ...base } });
    const rule = (base: Partial<Params["base"]>): string | undefined => asked(base).nearMiss?.rule;
    const count = (base: Partial<Params["base"]>): number | undefined =>
      asked(base).base?.contractions.length;
    expect(asked({}).base).toMatchObject({ contractions: { length: 3 }, state: "READY" });
    expect(rule({ bars: [200, 250] })).toBe("BS0");
    expect(rule({ bars: [15, 60] })).not.toBeUndefined();
    expect(rule({ leastBefore: 260 })).not.toBeUndefined();
    expect(rule({ noiseFloor: 0.5 })).toBe("CT1");
    expect(rule({ noiseRanges: 50 })).toBe("CT1");
    expect(rule({ maxRatio: 0.1 })).toBe("CT1");
    expect(rule({ recovered: 0.05 })).toBe("RR3");
    expect(rule({ advanceBars: 10 })).toBe("BS2");
    expect(rule({ maxContractions: 1 })).toBe("CT1");
    expect(count({ contractionBars: 40 })).not.toBe(3);
    expect(count({ recoveryGap: 30 })).not.toBe(3);
    expect(asked({ deepDepth: 0.2 }).flags).toContain("deep");
    expect(asked({ ready: { distance: 0, shelf: 3 } }).base?.state).toBe("FORMING");
    expect(asked({ ready: { distance: -0.06, shelf: 99 } }).base?.state).toBe("FORMING");
    expect(asked({ dryBars: [1, 2] }).base?.dryUp).not.toBe(asked({}).base?.dryUp);
  });
});
