import { describe, it } from "vitest";
import type { TickerColumns } from "../../app/ports/market-book.ts";
import type { Columns } from "../../core/bars/columns.ts";
import { rowAt } from "../../core/bars/columns.ts";
import { formatTradingDay, weekdayOf } from "../../core/calendar/trading-day.ts";
import { STEM_COUNT, stemOf } from "./company-names.ts";
import { demoDay, LAST_HISTORY_DAY } from "./demo-days.ts";
import { type Demo, type DemoSession, makeDemo } from "./demo-market.ts";
import { decodeState, type DemoState, encodeState, SHAPES } from "./demo-state.ts";
import { type HistoryEnd, historyOf } from "./history.ts";

const SMALL = { shares: 240, sessions: 230 };

function generated(
  demo: Demo,
  block?: number,
): { series: TickerColumns[]; end: HistoryEnd; blocks: number[] } {
  const course = historyOf(demo, block);
  const series: TickerColumns[] = [];
  const blocks: number[] = [];
  let step = course.next();
  while (step.done !== true) {
    series.push(...step.value);
    blocks.push(step.value.length);
    step = course.next();
  }
  return { series, end: step.value, blocks };
}

function run(demo: Demo, from: DemoState, sessions: number): { state: DemoState; sessions: DemoSession[] } {
  let state = from;
  const done: DemoSession[] = [];
  for (let k = 0; k < sessions; k++) {
    const next = demo.next(state);
    ({ state } = next);
    done.push(next.session);
  }
  return { state, sessions: done };
}

function sameRows(columns: Columns): unknown[] {
  return Array.from(columns.day, (_, k) => rowAt(columns, k));
}

describe("the demo market", () => {
  it("[DM1] gives the same bytes for the same seed", ({ expect }) => {
    const [a, b] = [generated(makeDemo(7, SMALL)), generated(makeDemo(7, SMALL))];
    expect(a).toEqual(b);
    expect(encodeState(a.end.state)).toEqual(encodeState(b.end.state));
    expect(makeDemo(7, SMALL).instruments).toEqual(makeDemo(7, SMALL).instruments);
  });

  it("[DM1] gives another market for another seed", ({ expect }) => {
    const [a, b] = [generated(makeDemo(7, SMALL)), generated(makeDemo(8, SMALL))];
    const equal = a.series.filter(
      ({ columns }, i) => columns.close.at(-1) === b.series[i]?.columns.close.at(-1),
    );
    expect(equal.length).toBeLessThan(SMALL.shares / 20);
  });

  it("[DM2] goes on from bytes as if nothing had happened", ({ expect }) => {
    const demo = makeDemo(3, SMALL);
    const first = run(demo, demo.initial(), 60);
    const straight = run(demo, first.state, 40);
    const read = decodeState(encodeState(first.state));
    expect(read).toEqual(first.state);
    // Another instance: nothing that matters may live in the generator itself.
    const resumed = run(makeDemo(3, SMALL), read ?? demo.initial(), 40);
    expect(resumed).toEqual(straight);
  });

  it("[DM2] leaves the state it was given as it was", ({ expect }) => {
    const demo = makeDemo(3, SMALL);
    const { state } = run(demo, demo.initial(), 20);
    const before = encodeState(state);
    const once = demo.next(state);
    expect(encodeState(state)).toEqual(before);
    expect(demo.next(state)).toEqual(once);
    expect(encodeState(once.state)).not.toEqual(before);
  });

  it("[DM2a] goes on from the bytes of other shapes without a jump, each scenario from where its share stands", ({
    expect,
  }) => {
    const demo = makeDemo(3);
    const { scenarios } = demo.setting;
    const session = 260;
    const { state } = run(demo, demo.initial(), session);
    const places = Array.from(state.shares.close.keys());
    const inside = places.filter((i) => (scenarios.sceneOf(i, session)?.at ?? 0) > 0);
    // A former course stood anywhere at that session: the anchor says nothing about the present one.
    for (const i of inside) {
      state.shares.anchor[i] = (state.shares.close[i] ?? 1) * (0.4 + (i % 7) / 4);
    }
    const bytes = encodeState({ ...state, shapes: 1 });
    const read = decodeState(bytes);
    expect(read?.shapes).toBe(1);
    const next = demo.next(read ?? state);
    expect(next.state.shapes).toBe(SHAPES);
    expect(inside.length).toBeGreaterThan(60);
    const moves = inside.map((i) => {
      const scene = scenarios.sceneOf(i, session);
      const [before = 1, now = 1] = scene?.shape.course.close.slice(scene.at - 1, scene.at + 1) ?? [];
      return Math.abs((next.state.shares.close[i] ?? 0) / (state.shares.close[i] ?? 1) / (now / before) - 1);
    });
    // A swing's own session is put on its exact price, and every price on the grid.
    expect(Math.max(...moves)).toBeLessThan(0.02);
    // Nothing remembers the bytes' edition: the session after is one of the present shapes.
    expect(demo.next(decodeState(encodeState(next.state)) ?? state)).toEqual(demo.next(next.state));
    expect(decodeState(encodeState({ ...state, shapes: SHAPES + 1 }))).toBeNull();
  });

  it("[DM2] refuses bytes that are no state", ({ expect }) => {
    const bytes = encodeState(makeDemo(3, SMALL).initial());
    expect(decodeState(bytes.subarray(8))).toBeNull();
    expect(decodeState(bytes.subarray(0, bytes.length - 8))).toBeNull();
    expect(decodeState(bytes.subarray(3))).toBeNull();
    expect(decodeState(new Uint8Array(0))).toBeNull();
  });

  it("[DM3] generates history share by share as `next` does day by day", ({ expect }) => {
    const demo = makeDemo(5, SMALL);
    const { series, end, blocks } = generated(demo, 50);
    expect(blocks).toEqual([50, 50, 50, 50, 40]);
    const daily = run(demo, demo.initial(), SMALL.sessions);
    expect(encodeState(end.state)).toEqual(encodeState(daily.state));
    const byTicker = new Map<string, unknown[]>(demo.instruments.map(({ ticker }) => [ticker, []]));
    for (const { tickers, columns } of daily.sessions) {
      tickers.forEach((ticker, k) => byTicker.get(ticker)?.push(rowAt(columns, k)));
    }
    for (const { ticker, columns } of series) {
      expect(sameRows(columns)).toEqual(byTicker.get(ticker));
    }
    for (const code of ["KOSPI", "KOSDAQ"] as const) {
      expect(sameRows(end.indices[code])).toEqual(
        daily.sessions.map(({ indices }) => rowAt(indices[code], 0)),
      );
    }
    expect(end.patterns).toHaveLength(daily.sessions.flatMap(({ patterns }) => patterns).length);
    expect(new Set(end.patterns)).toEqual(new Set(daily.sessions.flatMap(({ patterns }) => patterns)));
  });

  it("[DM4] names every share once and draws no ticker of a real exchange", ({ expect }) => {
    const { instruments } = makeDemo(1);
    expect(instruments).toHaveLength(2_700);
    expect(new Set(instruments.map(({ name }) => name)).size).toBe(2_700);
    expect(instruments[0]?.ticker).toBe("D00001");
    expect(instruments.at(-1)?.ticker).toBe("D02700");
    const stems = new Set(Array.from({ length: STEM_COUNT }, (_, k) => stemOf(k)[0]));
    expect(stems.size).toBe(STEM_COUNT);
    expect(instruments.filter(({ name }) => !stems.has(name.slice(0, 3)))).toEqual([]);
    const kinds = new Set(instruments.map(({ kind }) => kind));
    expect([...kinds].toSorted()).toEqual(["common", "preferred", "reit", "spac"]);
    const notices = instruments.filter(({ notice }) => notice !== null);
    expect(notices.length).toBeGreaterThan(40);
    expect(notices.length).toBeLessThan(200);
  });

  it("[DM4a] gives each share one English name of its own, its kind at the end", ({ expect }) => {
    const { instruments } = makeDemo(1);
    const names = instruments.map(({ nameEn }) => nameEn ?? "");
    expect(new Set(names).size).toBe(2_700);
    expect(names.filter((name) => !/^[A-Z][a-z]+ [A-Z][A-Za-z0-9&. ]+(?: \(1P\))?$/.test(name))).toEqual([]);
    for (const { kind, nameEn } of instruments) {
      const ending = { preferred: " (1P)", spac: " SPAC", reit: " REIT", common: "", fund: "" }[kind];
      expect(nameEn?.endsWith(ending)).toBe(true);
      expect(kind === "common" && nameEn?.includes("(1P)")).toBe(false);
    }
    const preferred = instruments.find(({ kind }) => kind === "preferred");
    const company = instruments.find(({ name }) => `${name}우` === preferred?.name);
    expect(preferred?.nameEn).toBe(`${company?.nameEn} (1P)`);
  });

  it("[DM4] opens on weekdays only and always ends its history on one Friday", ({ expect }) => {
    expect(formatTradingDay(LAST_HISTORY_DAY)).toBe("2025-10-31");
    expect(demoDay(0)).toBe(LAST_HISTORY_DAY);
    for (let after = -500; after < 500; after++) {
      expect(weekdayOf(demoDay(after)) % 6).not.toBe(0);
      expect(demoDay(after + 1) - demoDay(after)).toBe(weekdayOf(demoDay(after)) === 5 ? 3 : 1);
    }
    for (const sessions of [40, 63]) {
      const { series } = generated(makeDemo(1, { shares: 40, sessions }));
      expect(series[0]?.columns.day.at(-1)).toBe(LAST_HISTORY_DAY);
      expect(series[0]?.columns.day).toHaveLength(sessions);
    }
  });
});
