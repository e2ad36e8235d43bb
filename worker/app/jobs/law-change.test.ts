/** LCI6 in an installation: a record that an earlier law has left, its first evening under this one, and corrections across both. */
import { describe, it } from "vitest";
import { assert } from "../../core/assert.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { isOpen, isPreTrigger, type Signal } from "../../core/lifecycle/signal.ts";
import { CorrectionWorld } from "../../testing/corrections/correction-world.ts";
import { buildTrueMarket, scaled, type TrueMarket } from "../../testing/corrections/true-market.ts";
import { factsOf } from "../../testing/corrections/world-facts.ts";
import { changedRows } from "./due-correction.ts";

type Session = TrueMarket["sessions"][number];

const MARKET = buildTrueMarket(4, 6);
/** Sessions that the earlier law has judged, after the history. */
const JUDGED = 2;

/** As the law before has left a signal: no noise, no touch, other parameters. */
function asBefore(signal: Signal): Signal {
  return { ...signal, paramsVersion: "vcp-3", base: { ...signal.base, noise: null, touched: null } };
}

/** A market of a few sessions, its record rewritten as if the earlier law had judged it. */
async function worldOfBefore(): Promise<CorrectionWorld> {
  const world = new CorrectionWorld();
  MARKET.history.forEach((rows) => world.import(rows));
  await world.run();
  for (const { rows } of MARKET.sessions.slice(0, JUDGED)) {
    world.import(rows);
    await world.run();
  }
  const { ledger } = world;
  ledger.stored = ledger.stored.map((one) => ({ ...one, signal: asBefore(one.signal) }));
  ledger.versions.all = ledger.versions.all.map((one) => ({ ...one, signal: asBefore(one.signal) }));
  ledger.journal = ledger.journal.map((run) => ({ ...run, paramsVersion: "vcp-3" }));
  const outcomes = world.outcomes.rows;
  [...outcomes].forEach(([key, row]) => outcomes.set(key, { ...row, paramsVersion: "vcp-3" }));
  return world;
}

function session(n: number): Session {
  const found = MARKET.sessions[n];
  assert(found, "The market has the session");
  return found;
}

/** Session by session from the first that this law judges, to the n-th of the market. */
async function goOn(world: CorrectionWorld, to: number, wrong: readonly number[] = []): Promise<void> {
  for (let n = JUDGED; n < to; n++) {
    const { rows } = session(n);
    world.import(wrong.includes(n) ? scaled(rows, 0.01) : rows);
    await world.run();
  }
}

function openIn({ ledger }: CorrectionWorld): readonly Signal[] {
  return ledger.stored.map(({ signal }) => signal).filter(({ state }) => isOpen(state));
}

describe("the first evening of a law", () => {
  it("[LCI6] keeps every open id, and names the law once in the log of each that waits", async ({
    expect,
  }) => {
    const world = await worldOfBefore();
    const before = openIn(world);
    expect(before.length).toBeGreaterThan(2);
    await goOn(world, JUDGED + 3);
    const ids = new Set(openIn(world).map(({ id }) => id));
    const ended = world.ledger.history.filter(({ to }) => !isOpen(to));
    const on = session(JUDGED).day;
    for (const { id, state } of before) {
      const triggered = world.ledger.history.some(
        (event) => event.signalId === id && event.day === on && event.reason === "triggered",
      );
      const marks = world.ledger.history.filter(
        ({ signalId, reason }) => signalId === id && reason === "law_changed",
      );
      expect(marks.map(({ day }) => day)).toEqual(isPreTrigger(state) && !triggered ? [on] : []);
      const byPrice = ended.some(({ signalId, reason }) => signalId === id && reason.endsWith("FAIL"));
      expect(ids.has(id) || byPrice).toBe(true);
    }
    expect(ended.filter(({ reason }) => /^(?:left_scan|law_changed|base_age)/u.test(reason))).toEqual([]);
  });
});

describe("a correction across two laws", () => {
  it("[CR2] [LCI6] of a session that this law judged leaves what a world has that never saw the wrong rows", async ({
    expect,
  }) => {
    for (const wrong of [JUDGED, JUDGED + 1]) {
      const world = await worldOfBefore();
      await goOn(world, JUDGED + 3, [wrong]);
      world.import(session(wrong).rows);
      const outcome = await world.correct();
      expect(outcome).toMatchObject({ status: "done", run: { judgedFrom: session(wrong).day } });
      const clean = await worldOfBefore();
      await goOn(clean, JUDGED + 3);
      expect(await factsOf(world)).toEqual(await factsOf(clean));
      expect(world.ledger.gone).toEqual([]);
    }
  });

  it("[CR1] [LCI6] of a session that the earlier law judged is left, and takes no signal back", async ({
    expect,
  }) => {
    const world = await worldOfBefore();
    await goOn(world, JUDGED + 1);
    const before = structuredClone(world.ledger.stored);
    world.import(scaled(session(JUDGED - 1).rows, 1.01));
    expect(await world.correct()).toBeNull();
    expect(world.ledger.stored).toEqual(before);
    const { days } = world.bars.changes();
    expect(await changedRows("KRX", days, world.bars, world.ledger)).toEqual({
      due: null,
      left: {
        first: session(JUDGED - 1).day,
        days: 1,
        possibleFrom: tradingDayOf(session(JUDGED - 1).day + 1),
      },
    });
  });
});
