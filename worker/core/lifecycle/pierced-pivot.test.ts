/** PV5 in the life of a share: from the bars to the list, evening after evening. */
import { describe, it } from "vitest";
import { buildBase, TEXTBOOK_BASE, weekdaysUntil } from "../../testing/builders/base-builder.ts";
import { isTradedThrough } from "../../testing/list-quality/list-faults.ts";
import { type ListedDay, listedDays } from "../../testing/list-quality/listed-days.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { assert } from "../assert.ts";
import { columnsOf, type Row } from "../bars/columns.ts";
import { PARAMS } from "../params.ts";

const TICKER = "900010";
const [FIRST, SECOND, LAST] = TEXTBOOK_BASE.legs;
assert(FIRST && SECOND && LAST, "The textbook base has three legs");
const BASE = buildBase({
  ...TEXTBOOK_BASE,
  legs: [FIRST, SECOND, { ...LAST, fall: 10, rise: 24 }],
  last: -0.015,
});
const PIVOT = Math.max(...BASE.slice(-35).map(({ high }) => high));
const LAST_VOLUME = BASE.at(-1)?.volume ?? 0;

interface Session {
  readonly high?: number;
  readonly low?: number;
  readonly close: number;
}

/** The base, and what the share did afterwards; prices as fractions of its pivot. */
function evenings(after: readonly Session[]): readonly ListedDay[] {
  const days = weekdaysUntil(dayOf("2025-12-31"), 400).filter((day) => day > (BASE.at(-1)?.day ?? 0));
  const price = (fraction: number): number => Math.round((PIVOT * fraction) / 100) * 100;
  const later = after.map(({ close, high = close + 0.004, low = close - 0.004 }, i): Row => {
    const day = days[i];
    assert(day !== undefined, "There is a weekday for every session");
    const prices = { open: price(close), high: price(high), low: price(low), close: price(close) };
    return { day, ...prices, volume: LAST_VOLUME, value: null, shares: null, base: null };
  });
  const rows = [...BASE, ...later];
  const sessions = rows.map(({ day }) => day);
  // Beside a share that goes nowhere this one is the leader.
  const flat = rows.map((row) => ({
    ...row,
    open: 10_000,
    high: 10_050,
    low: 9_950,
    close: 10_000,
    volume: 300_000,
  }));
  const listings = [
    { ticker: TICKER, instrument: null, columns: columnsOf(rows) },
    { ticker: "900020", instrument: null, columns: columnsOf(flat) },
  ];
  return [...listedDays({ listings, sessions, indices: {} }, PARAMS)].slice(-after.length - 1);
}

/** `READY 59200`: the open signals of an evening. */
function openOn({ open }: ListedDay): readonly string[] {
  return open.map(({ state, base }) => `${state} ${base.pivot}`);
}

/** No fall from the pierced high is as large as the noise. */
const QUIET: Session = { close: 0.992, high: 0.996, low: 0.988 };
const PIERCED: Session = { high: 1.003, low: 0.988, close: 0.992 };

describe("a pivot that was pierced and fell back", () => {
  it("[PV5] [LCR6] [LCR14] triggers and squats; nothing is READY again at a price that was traded", ({
    expect,
  }) => {
    const days = evenings([PIERCED, QUIET, QUIET, QUIET]);
    const [before, on, ...after] = days;
    assert(before && on, "There are evenings");
    expect(openOn(before)).toEqual([`READY ${PIVOT}`]);
    expect(openOn(on)).toEqual([`SQUAT ${PIVOT}`]);
    for (const day of after) {
      expect(openOn(day)).toEqual([`SQUAT ${PIVOT}`]);
      // The scan still finds the base, touched; it is the squat's own.
      expect(day.ready).toEqual([]);
    }
  });

  it("[PV5] [LCI2] waits for a contraction that falls from the pierced high, and that is another signal's", ({
    expect,
  }) => {
    const fall: readonly Session[] = [0.987, 0.982, 0.977, 0.973, 0.975, 0.977, 0.979, 0.981].map(
      (close) => ({ close }),
    );
    const days = evenings([PIERCED, ...fall]);
    const last = days.at(-1);
    assert(last !== undefined, "There are evenings");
    const squat = last.open.find(({ state }) => state === "SQUAT");
    const next = last.open.find(({ id }) => id !== squat?.id);
    assert(squat !== undefined && next !== undefined, `Two signals are open: ${openOn(last).join()}`);
    const pierced = Math.round((PIVOT * 1.003) / 100) * 100;
    expect(next.base.pivot).toBe(pierced);
    expect(next.base.contractions[0]?.highDay).toBe(squat.base.contractions[0]?.highDay);
    expect(next.base.contractions.at(-1)?.highDay).toBe(squat.triggeredOn);
    expect(["FORMING", "READY"]).toContain(next.state);
    for (const day of days) {
      expect(day.ready.filter(isTradedThrough)).toEqual([]);
    }
  });

  it("[PV5] [LCI4] is not listed again when the squat has ended", ({ expect }) => {
    const days = evenings([PIERCED, ...Array.from({ length: 12 }, () => QUIET)]);
    const ids = new Set(days.flatMap(({ open }) => open.map(({ id }) => id)));
    expect(ids.size).toBe(1);
    expect(days.at(-1)?.open).toEqual([]);
  });

  it("[PV5] a close above that falls back is no new pivot either", ({ expect }) => {
    const days = evenings([
      { close: 1.004 },
      { close: 0.996 },
      { close: 0.997 },
      { close: 0.995 },
      { close: 0.996 },
    ]);
    expect(days.map((day) => openOn(day).map((line) => line.split(" ")[0]))).toEqual([
      ["READY"],
      ["UNCONFIRMED"],
      ["SQUAT"],
      ["SQUAT"],
      ["SQUAT"],
      ["SQUAT"],
    ]);
  });
});
