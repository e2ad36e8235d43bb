/** Messages, verdicts, topics and times: what leaves the program reads back as it was meant. */
import * as fc from "fast-check";
import * as v from "valibot";
import { describe, it } from "vitest";
import { priceOf } from "../core/nominal.ts";
import { PARAMS } from "../core/params.ts";
import { FORM_RULES, type FormRule } from "../core/vcp/form-rules.ts";
import { makeGate, makeSignal } from "../testing/builders/signal-builder.ts";
import { makeVerdict } from "../testing/builders/verdict-builder.ts";
import { formatKst } from "./format.ts";
import {
  encodeMarketGateUpdate,
  encodeSignalUpdates,
  MarketGateUpdate,
  MAX_MESSAGE_BYTES,
  SignalUpdate,
} from "./messages/stream-update.ts";
import { parseTopic } from "./messages/topic.ts";
import { encodeExplained, encodeVerdict, ExplainedVerdictBody, VerdictBody } from "./verdict.ts";

const AT = Date.UTC(2025, 4, 16, 15, 30);

function signals(
  count: number,
): readonly { signal: ReturnType<typeof makeSignal>; createdAt: number; updatedAt: number; runId: string }[] {
  return Array.from({ length: count }, (_, k) => ({
    signal: makeSignal({ id: `signal-${k}`, name: "가".repeat(60) }),
    createdAt: AT,
    updatedAt: AT,
    runId: "run-1",
  }));
}

describe("encodeSignalUpdates", () => {
  it("[RT1d] splits any change into messages of at most 64 KiB that lose and repeat nothing", ({
    expect,
  }) => {
    const size = fc.integer({ min: 0, max: 300 });
    fc.assert(
      fc.property(size, size, (upserts, removals) => {
        const removed = Array.from({ length: removals }, (_, k) => `${k}`.padStart(64, "f"));
        const parts = encodeSignalUpdates({
          upserts: signals(upserts),
          removed,
          count: 7,
          runId: "run-1",
          at: AT,
        });
        expect(parts.flatMap(({ data }) => data.signals.map((row) => row.id))).toEqual(
          signals(upserts).map(({ signal }) => signal.id),
        );
        expect(parts.flatMap(({ data }) => data.removed)).toEqual(removed);
        for (const [index, part] of parts.entries()) {
          expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThan(MAX_MESSAGE_BYTES - 512);
          expect(part.data.count).toBe(7);
          expect(part.data.part).toBe(parts.length > 1 ? index + 1 : undefined);
          expect(part.data.parts).toBe(parts.length > 1 ? parts.length : undefined);
          expect(v.is(SignalUpdate, JSON.parse(JSON.stringify(part)))).toBe(true);
        }
      }),
      { seed: 20_250_617, numRuns: 25 },
    );
  });

  it("[RT1d] writes one message for a change of nothing, without epoch and seq", ({ expect }) => {
    expect(encodeSignalUpdates({ upserts: [], removed: [], count: 0, runId: null, at: AT })).toEqual([
      {
        type: "signal_update",
        topic: "signal:vcp",
        data: {
          signal_type: "VCP",
          signals: [],
          removed: [],
          count: 0,
          run_id: null,
          timestamp: "2025-05-17T00:30:00.000+09:00",
        },
      },
    ]);
  });
});

describe("encodeMarketGateUpdate", () => {
  it("[RT1c] carries both indices in per cent, null for one without bars, components and sectors", ({
    expect,
  }) => {
    const update = encodeMarketGateUpdate("DEMO", makeGate(), AT);
    expect(v.parse(MarketGateUpdate, JSON.parse(JSON.stringify(update)))).toEqual(update);
    expect(update.exchange).toBe("DEMO");
    expect(update.data).toMatchObject({
      as_of: "2025-05-16",
      status: "GREEN",
      level: 82.5,
      confidence: 0.9,
      kospi: 2_655.4,
      kospi_change_pct: 0.62,
      kosdaq: null,
      kosdaq_change_pct: null,
      sectors: [{ sector: "반도체", count: 14, change_pct: 1.1, above_mean50_pct: 71 }],
    });
    expect(update.data.components[1]).toMatchObject({ id: "kosdaq_ma20", value: null, points: null, max: 4 });
  });
});

describe("encodeVerdict", () => {
  it("[RT1b] shows a base with contractions, plan and terms; depth is a fraction", ({ expect }) => {
    const body = encodeVerdict(makeVerdict());
    expect(v.parse(VerdictBody, JSON.parse(JSON.stringify(body)))).toEqual(body);
    expect(body).toMatchObject({
      detected: true,
      footprint: "11W 20/8 2T",
      pivot: 50_000,
      entry_price: 50_100,
      stop_loss: 46_100,
      targets: [58_100, 62_100],
      near_miss: null,
      eligibility: { ok: true, reason: null },
    });
    expect(body.contractions.map((leg) => leg.depth)).toEqual([0.2, 0.08]);
  });

  it("[RT1b] shows without a base which rule stood in the way, and nothing that looks like a plan", ({
    expect,
  }) => {
    const body = encodeVerdict(
      makeVerdict({
        base: null,
        valid: false,
        detected: false,
        grade: null,
        score: null,
        scoreTerms: null,
        rs: null,
        nearMiss: { rule: "CT3", value: 0.13, threshold: 0.12, base: makeVerdict().base },
      }),
    );
    expect(v.is(VerdictBody, JSON.parse(JSON.stringify(body)))).toBe(true);
    expect(body).toMatchObject({
      footprint: null,
      pivot: null,
      contractions: [],
      targets: [],
      score_terms: null,
      rs: null,
      near_miss: {
        rule: "CT3",
        value: 0.13,
        threshold: 0.12,
        base: {
          footprint: "11W 20/8 2T",
          pivot: 50_000,
          stop_loss: 46_100,
          base_bars: makeVerdict().base?.bars,
        },
      },
    });
    expect(body.near_miss?.base?.contractions.map((leg) => leg.depth)).toEqual([0.2, 0.08]);
  });

  it("[RT1g] shows every rule of the form with both limits, and the base also where the scan looked for none", ({
    expect,
  }) => {
    const { base } = makeVerdict();
    const refused = makeVerdict({
      base: null,
      valid: false,
      detected: false,
      nearMiss: { rule: "RS", value: 41, threshold: 70, base: null },
    });
    const rules = FORM_RULES.map((rule: FormRule, i) => ({
      rule,
      value: i % 3 === 0 ? null : rule.limit,
      limit: rule.limit,
      met: i % 3 === 0 ? null : i % 2 === 0,
    }));
    const body = encodeExplained(refused, { rules, of: base && { kind: "nearest", base } }, PARAMS);
    expect(v.parse(ExplainedVerdictBody, JSON.parse(JSON.stringify(body)))).toEqual(body);
    expect(body.rules).toEqual(
      rules.map(({ rule: { id, limit, keep }, value, met }) => ({ id, value, threshold: limit, keep, met })),
    );
    expect(body).toMatchObject({
      rules_of: "nearest",
      near_miss: { rule: "RS", base: { footprint: "11W 20/8 2T", stop_loss: 46_100 } },
    });
    // The rules were asked of the open signal's base, not of the one that the scan came nearest to.
    const signalBase = base && { ...base, footprint: "14W 21/9 2T", stop: priceOf(45_000) };
    const nearer = { ...refused, nearMiss: { rule: "QT1", value: 3.9, threshold: 3.5, base } } as const;
    const own = encodeExplained(
      nearer,
      { rules, of: signalBase && { kind: "own", base: signalBase } },
      PARAMS,
    );
    expect(own).toMatchObject({
      rules_of: "own",
      near_miss: { rule: "QT1", base: { footprint: "14W 21/9 2T", stop_loss: 45_000 } },
    });
    // A share that is listed has its base in the verdict's own fields.
    const listed = encodeExplained(makeVerdict(), { rules, of: base && { kind: "listed", base } }, PARAMS);
    expect([listed.near_miss, listed.rules_of]).toEqual([null, "listed"]);
    expect(encodeExplained(refused, { rules, of: null }, PARAMS)).toMatchObject({
      rules_of: null,
      near_miss: { base: null },
    });
  });
});

describe("parseTopic", () => {
  it("[RT1e] knows every topic and gives its canonical name", ({ expect }) => {
    const names = [
      "signal:vcp",
      "market_gate",
      "index:KOSPI",
      "index:KOSDAQ",
      "price:005930",
      "price:D00001",
      "scan",
      "feed",
    ];
    expect(names.map((name) => parseTopic(name)?.name)).toEqual(names);
    expect(parseTopic("price:00593a")).toEqual({ kind: "price", name: "price:00593A", ticker: "00593A" });
  });

  it.for([
    "",
    "signal:",
    "signal:day",
    "SIGNAL:VCP",
    "signal:vcp ",
    "market-gate",
    "index:kospi",
    "index:KONEX",
    "price:",
    "price:5930",
    "price:A05930",
    "price:00593O",
    "price:0059300",
    "price:D0001",
    "price:price:005930",
    "constructor",
    "__proto__",
    "toString",
    "price:__proto__",
    "price:constructor",
  ])("[RT1e] refuses %j", (text, { expect }) => {
    expect(parseTopic(text)).toBeNull();
  });
});

describe("formatKst", () => {
  it("[RT6] writes the same instant on the clock of Seoul", ({ expect }) => {
    expect(formatKst(AT)).toBe("2025-05-17T00:30:00.000+09:00");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (ms) => {
        expect(Date.parse(formatKst(ms))).toBe(ms);
      }),
      { seed: 20_250_617 },
    );
  });
});
