import * as v from "valibot";
import { describe, it } from "vitest";
import { makeOutcome } from "../../app/ports/outcome-store.contract.ts";
import type { OutcomeResult, OutcomeSave, SignalOutcome } from "../../app/ports/outcome-store.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { PerformanceSignalsBody } from "../../protocol/rest/outcome-list.ts";
import { PerformanceBody, type PerformanceCell } from "../../protocol/rest/performance.ts";
import { Problem } from "../../protocol/rest/problem.ts";
import { ask } from "../../testing/stage/ask.ts";
import { makeMemoryPorts, type MemoryPorts } from "../../testing/memory/memory-ports.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import type { Bare } from "../../testing/builders/bare.ts";
import { makeApp } from "../app.ts";

const PATH = "/api/kr/performance";
const QUIET: OutcomeResult = {
  change: 0.01,
  r: 0.1,
  best: 0.03,
  worst: -0.02,
  touch: "none",
  baseline: 0.005,
  peers: 80,
};

function outcome(k: number, overrides: Bare<Partial<SignalOutcome>> = {}): SignalOutcome {
  // Ten signals a month, so that thirty of them are not enough months for an interval.
  const enteredOn = tradingDayOf(dayOf("2025-01-10") + 31 * Math.floor(k / 10));
  return makeOutcome({ signalId: `signal-${String(k).padStart(3, "0")}`, enteredOn, ...overrides });
}

async function portsWith(outcomes: readonly SignalOutcome[]): Promise<MemoryPorts> {
  const ports = makeMemoryPorts();
  const save: Omit<OutcomeSave, "outcomes"> = {
    exchange: "DEMO",
    asOf: dayOf("2025-05-16"),
    paramsVersion: "vcp-1",
  };
  await ports.outcomes.save({ ...save, outcomes });
  return ports;
}

async function read(ports: MemoryPorts, query = ""): Promise<PerformanceBody> {
  return v.parse(PerformanceBody, (await ask(makeApp(ports), PATH + query)).json);
}

async function readSignals(ports: MemoryPorts, query: string): Promise<PerformanceSignalsBody> {
  return v.parse(PerformanceSignalsBody, (await ask(makeApp(ports), `${PATH}/signals${query}`)).json);
}

function cell(body: PerformanceBody, by: string, key: string, horizon = 5): PerformanceCell | undefined {
  return body.groups
    .find((group) => group.by === by && group.key === key)
    ?.horizons.find((one) => one.horizon === horizon);
}

describe("/api/kr/performance", () => {
  it("[RT19] shows before the first measuring that there is nothing, group by group", async ({ expect }) => {
    const body = await read(makeMemoryPorts());
    expect(body).toMatchObject({ exchange: "DEMO", params_version: null, as_of: null, least_n: 30 });
    expect(body.groups.map(({ by, key }) => `${by}:${key}`).join(" ")).toBe(
      "all:all grade:S grade:A grade:B grade:C grade:D contractions:2 contractions:3 contractions:4 " +
        "contractions:5 contractions:6 gate:GREEN gate:YELLOW gate:RED gate:UNKNOWN",
    );
    const cells = body.groups.flatMap(({ horizons }) => horizons);
    expect(cells).toHaveLength(60);
    expect(cells.every(({ n, open, figures }) => n === 0 && open === 0 && figures === null)).toBe(true);
  });

  it("[RT19a] gives no number below 30 but n, and all of them from 30 on", async ({ expect }) => {
    const many = Array.from({ length: 30 }, (_, k) =>
      outcome(k, { grade: k < 29 ? "A" : "B", result: QUIET }),
    );
    const body = await read(await portsWith([...many, outcome(30, { result: null })]));
    expect(cell(body, "grade", "A")).toEqual({ horizon: 5, n: 29, open: 1, figures: null });
    expect(cell(body, "grade", "B")).toEqual({ horizon: 5, n: 1, open: 0, figures: null });
    expect(cell(body, "all", "all", 10)).toEqual({ horizon: 10, n: 0, open: 0, figures: null });
    expect(cell(body, "all", "all")).toEqual({
      horizon: 5,
      n: 30,
      open: 1,
      figures: {
        mean_pct: 1,
        mean_interval_pct: null,
        median_pct: 1,
        win_rate_pct: 100,
        win_rate_interval_pct: null,
        mean_r: 0.1,
        best_median_pct: 3,
        worst_median_pct: -2,
        target_first_pct: 0,
        stop_first_pct: 0,
        baseline_mean_pct: 0.5,
        excess_mean_pct: 0.5,
        excess_interval_pct: null,
      },
    });
  });

  it("[RT19] sums up means, medians, shares and the excess over the market, with intervals by month", async ({
    expect,
  }) => {
    const mixed = Array.from({ length: 80 }, (_, k) =>
      outcome(k, {
        result: {
          change: k % 4 === 0 ? 0.1 : -0.02,
          r: k % 4 === 0 ? 2 : -0.4,
          best: 0.04,
          worst: -0.03,
          touch: k % 4 === 0 ? "target" : k % 4 === 1 ? "stop" : "none",
          baseline: k < 40 ? 0.004 : null,
          peers: k < 40 ? 50 : 0,
        },
      }),
    );
    const figures = cell(await read(await portsWith(mixed)), "all", "all")?.figures;
    expect(figures).toMatchObject({
      mean_pct: 1,
      median_pct: -2,
      win_rate_pct: 25,
      mean_r: 0.2,
      target_first_pct: 25,
      stop_first_pct: 25,
      baseline_mean_pct: 0.4,
      excess_mean_pct: 0.6,
      // Of the eight months only four can be compared with the market.
      excess_interval_pct: null,
    });
    expect(figures?.mean_interval_pct?.low).toBeLessThan(1);
    expect(figures?.mean_interval_pct?.high).toBeGreaterThan(1);
    expect(figures?.win_rate_interval_pct?.low).toBeGreaterThanOrEqual(20);
  });

  it("[RT19] groups by the grade of the listing, the contractions and the gate of the evening before", async ({
    expect,
  }) => {
    const body = await read(
      await portsWith([
        outcome(0, { grade: "S", contractions: 3, gate: "RED" }),
        outcome(1, { grade: "S", contractions: 6, gate: null }),
        outcome(2, { grade: "D", contractions: 3, gate: "UNKNOWN", result: null }),
      ]),
    );
    const counts = body.groups
      .filter(({ horizons }) => horizons.some(({ n, open }) => n + open > 0))
      .map(({ by, key, horizons }) => [by, key, horizons[0]?.n, horizons[0]?.open]);
    expect(counts).toEqual([
      ["all", "all", 2, 1],
      ["grade", "S", 2, 0],
      ["grade", "D", 0, 1],
      ["contractions", "3", 1, 1],
      ["contractions", "6", 1, 0],
      ["gate", "RED", 1, 0],
      ["gate", "UNKNOWN", 1, 1],
    ]);
  });

  it("[RT19b] counts each signal once by its fill, and measures the filled ones only", async ({ expect }) => {
    const unfilled = { entry: null, stop: null, result: null };
    const body = await read(
      await portsWith([
        outcome(0),
        outcome(0, { horizon: 10, result: null }),
        outcome(1, { fill: "late", ...unfilled }),
        outcome(1, { fill: "late", horizon: 10, ...unfilled }),
        outcome(2, { fill: "locked", ...unfilled }),
        outcome(3, { fill: "beyond_zone", ...unfilled }),
        outcome(4, { fill: "untouched", ...unfilled }),
      ]),
    );
    expect(body.signals).toEqual({ filled: 1, late: 1, untouched: 1, locked: 1, beyond_zone: 1 });
    expect(cell(body, "all", "all")).toMatchObject({ n: 1, open: 0 });
    expect(cell(body, "all", "all", 10)).toMatchObject({ n: 0, open: 1 });
  });

  it("[RT7] [RT19] shows one exchange and one version of the rules", async ({ expect }) => {
    const ports = await portsWith([outcome(0), outcome(1, { paramsVersion: "vcp-0" })]);
    const filled = async (query: string): Promise<unknown> => {
      const body = await read(ports, query);
      return [body.exchange, body.params_version, body.as_of, body.signals.filled];
    };
    expect(await filled("")).toEqual(["DEMO", "vcp-1", "2025-05-16", 1]);
    expect(await filled("?params_version=vcp-0")).toEqual(["DEMO", "vcp-0", "2025-05-16", 1]);
    expect(await filled("?params_version=vcp-9")).toEqual(["DEMO", "vcp-9", "2025-05-16", 0]);
    expect(await filled("?exchange=KRX")).toEqual(["KRX", null, null, 0]);
    ports.settings.exchange = "KRX";
    expect(await filled("")).toEqual(["KRX", null, null, 0]);
    expect(await filled("?exchange=DEMO")).toEqual(["DEMO", "vcp-1", "2025-05-16", 1]);
  });

  it("[RT5] answers 304 until something was measured", async ({ expect }) => {
    const ports = await portsWith([outcome(0)]);
    const app = makeApp(ports);
    const first = await ask(app, PATH);
    const headers = { "If-None-Match": first.headers.get("ETag") ?? "" };
    expect((await ask(app, PATH, { headers })).status).toBe(304);
    expect(first.headers.get("Cache-Control")).toBe("no-cache");
    await ports.outcomes.save({
      exchange: "DEMO",
      asOf: dayOf("2025-05-19"),
      paramsVersion: "vcp-1",
      outcomes: [],
    });
    expect((await ask(app, PATH, { headers })).status).toBe(200);
  });

  it.for([
    ["?exchange=NYSE", "exchange"],
    ["?params_version=", "params_version"],
    ["?params_version=A%20B", "params_version"],
    ["?exchange=KRX&exchange=DEMO", "exchange"],
  ] as const)("[RT4] refuses %s by its name", async ([query, field], { expect }) => {
    const { status, json } = await ask(makeApp(makeMemoryPorts()), PATH + query);
    expect(status).toBe(400);
    expect(v.parse(Problem, json)).toMatchObject({ type: "/problems/bad-query", field });
  });

  it("[RT19c] has the signals behind each row, page by page, with the row's numbers and mean", async ({
    expect,
  }) => {
    const many = Array.from({ length: 37 }, (_, k) =>
      outcome(k, {
        grade: k < 32 ? "A" : "B",
        contractions: 2 + (k % 2),
        result: k % 18 === 17 ? null : { ...QUIET, change: 0.01 * (k % 5) },
      }),
    );
    const ports = await portsWith(many);
    const { groups } = await read(ports);
    for (const { by, key, horizons } of groups) {
      const row = horizons.find(({ horizon }) => horizon === 5);
      const seen: PerformanceSignalsBody["signals"][number][] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const page: PerformanceSignalsBody = await readSignals(
          ports,
          `?by=${by}&key=${key}&horizon=5&limit=10${cursor && `&cursor=${cursor}`}`,
        );
        seen.push(...page.signals);
        expect([page.closed, page.count - page.closed]).toEqual([row?.n, row?.open]);
        expect(page.mean_pct).toBe(row?.figures?.mean_pct ?? null);
        cursor = page.next_cursor;
      }
      const changes = seen.flatMap(({ result }) => result?.change_pct ?? []);
      expect(changes).toHaveLength(row?.n ?? 0);
      const mean = row?.figures?.mean_pct;
      if (mean !== undefined) {
        expect(changes.reduce((sum, change) => sum + change, 0) / changes.length).toBeCloseTo(mean, 2);
      }
      expect(seen.map(({ entered_on }) => entered_on)).toEqual(
        seen.map(({ entered_on }) => entered_on).toSorted((a, b) => (a < b ? 1 : -1)),
      );
    }
  });

  it("[RT19c] has the unfilled by what became of their order, with nothing measured", async ({ expect }) => {
    const ports = await portsWith([
      outcome(0, { fill: "late", entry: null, stop: null, result: null }),
      outcome(1, { result: QUIET }),
    ]);
    expect(await readSignals(ports, "?by=fill&key=late&horizon=20")).toMatchObject({
      count: 1,
      closed: 0,
      signals: [{ signal_id: "signal-000", fill: "late", entry: null, result: null }],
    });
    expect((await readSignals(makeMemoryPorts(), "")).count).toBe(0);
    expect((await ask(makeApp(ports), `${PATH}/signals?cursor=bm9uc2Vuc2U`)).status).toBe(400);
  });
});
