import { describe, it } from "vitest";
import { assert } from "../../core/assert.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { SignalUpdate } from "../../protocol/messages/stream-update.ts";
import { CorrectionWorld } from "../../testing/corrections/correction-world.ts";
import { buildTrueMarket, scaled, type TrueMarket } from "../../testing/corrections/true-market.ts";
import { factsOf } from "../../testing/corrections/world-facts.ts";

type Session = TrueMarket["sessions"][number];

const MARKET = buildTrueMarket(4, 6);

/** The market up to session `n`, each session scanned in its evening; `wrong` gives other rows of a session. */
async function live(
  n: number,
  wrong: (i: number, session: Session) => Session["rows"] = (_, { rows }) => rows,
  world = new CorrectionWorld(),
): Promise<CorrectionWorld> {
  MARKET.history.forEach((rows) => world.import(rows));
  await world.run();
  for (const [i, session] of MARKET.sessions.slice(0, n).entries()) {
    world.import(wrong(i, session));
    await world.run();
  }
  return world;
}

function sessionAt(n: number): Session {
  const session = MARKET.sessions[n];
  assert(session, "The market has the session");
  return session;
}

/** What the pages got with the last run. */
function lastUpdate({ ledger }: CorrectionWorld): SignalUpdate["data"] {
  const message = ledger.waiting.findLast(({ topic }) => topic === "signal:vcp");
  const body: SignalUpdate = JSON.parse(message?.body ?? "null");
  return body.data;
}

describe("a session whose rows changed after its scan", () => {
  it("[CR2] leaves what a world has that never saw the wrong rows: all prices by a hundredth, then the true ones", async ({
    expect,
  }) => {
    const world = await live(3, (i, { rows }) => (i === 2 ? scaled(rows, 0.01) : rows));
    expect(await world.ledger.openSignals("KRX")).toEqual([]);
    world.import(sessionAt(2).rows);
    const corrected = await world.run("cron");
    expect(corrected).toMatchObject({ status: "done", run: { kind: "correction", asOf: sessionAt(2).day } });
    const clean = await live(3);
    expect(await clean.ledger.openSignals("KRX")).toHaveLength(3);
    expect(await factsOf(world)).toEqual(await factsOf(clean));
  });

  it("[CR2] takes the later sessions along, one after the other", async ({ expect }) => {
    const world = await live(6, (i, { rows }) => (i === 1 ? scaled(rows, 10) : rows));
    world.import(sessionAt(1).rows);
    expect(await world.correct()).toMatchObject({
      status: "done",
      run: { asOf: sessionAt(5).day, judgedFrom: sessionAt(1).day },
    });
    expect(await factsOf(world)).toEqual(await factsOf(await live(6)));
  });

  it("[CR3] stays in the log as superseded, and what was right is not written again", async ({ expect }) => {
    const world = await live(3, (i, { rows }) => (i === 2 ? scaled(rows, 0.01) : rows));
    const wrong = structuredClone(world.ledger.history);
    world.import(sessionAt(2).rows);
    const outcome = await world.correct();
    assert(outcome?.status === "done", "The correction is done");
    const { history } = world.ledger;
    expect(history.slice(0, wrong.length)).toMatchObject(wrong);
    const superseded = history.filter(({ supersededBy }) => supersededBy !== undefined);
    expect(superseded.map(({ to, day }) => [to, day])).toEqual([
      ["FAILED", sessionAt(2).day],
      ["FAILED", sessionAt(2).day],
      ["FAILED", sessionAt(2).day],
    ]);
    expect(new Set(superseded.map(({ supersededBy }) => supersededBy))).toEqual(new Set([outcome.run.id]));
    for (const [, events] of Map.groupBy(history, ({ signalId }) => signalId)) {
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
    }
    const before = structuredClone(history);
    world.import(scaled(sessionAt(2).rows, 1));
    expect(await world.correct()).toBeNull();
    expect(history).toEqual(before);
  });

  it("[CR2] lets a signal that was taken back be born again, with the next number of its log and its first time", async ({
    expect,
  }) => {
    const clean = await live(0);
    const world = new CorrectionWorld();
    MARKET.history.forEach((rows) => world.import(rows));
    world.ledger.gone = clean.ledger.stored.map((one) => ({ ...one, createdAt: 77 }));
    world.ledger.history = clean.ledger.history.map((event) => ({ ...event, supersededBy: "krx-0" }));
    await world.run();
    expect(await factsOf(world)).toEqual(await factsOf(clean));
    expect(world.ledger.history.map(({ seq, supersededBy }) => [seq, supersededBy])).toEqual([
      ...clean.ledger.history.map(() => [1, "krx-0"]),
      ...clean.ledger.history.map(() => [2, undefined]),
    ]);
    expect(new Set(world.ledger.stored.map(({ createdAt }) => createdAt))).toEqual(new Set([77]));
    expect(lastUpdate(world).signals[0]?.created_at).toBe("1970-01-01T09:00:00.077+09:00");
  });

  it("[CR4] moves the pages: rows of what is open again, and the run names it as corrected", async ({
    expect,
  }) => {
    const world = await live(3, (i, { rows }) => (i === 2 ? scaled(rows, 0.01) : rows));
    const failed = lastUpdate(world).removed.toSorted();
    expect(failed).toHaveLength(3);
    world.import(sessionAt(2).rows);
    const outcome = await world.correct();
    assert(outcome?.status === "done", "The correction is done");
    const { signals, removed, count, run_id: run } = lastUpdate(world);
    expect([signals.map(({ id }) => id).toSorted(), removed, count, run]).toEqual([
      failed,
      [],
      3,
      outcome.run.id,
    ]);
    expect(outcome.run.diff).toEqual({
      born: [],
      revised: [],
      moved: [],
      ended: [],
      corrected: expect.any(Array),
    });
    expect([...(outcome.run.diff?.corrected ?? [])].toSorted()).toEqual(failed);
  });
});

describe("a correction that cannot be", () => {
  it("[CR5] is refused while a session of it has arrived in part, saves nothing, and stays due", async ({
    expect,
  }) => {
    const world = await live(3);
    const before = structuredClone(await world.ledger.openSignals("KRX"));
    for (const key of ["900020", "900030"]) {
      world.remove(sessionAt(2).day, key);
    }
    expect(await world.run("cron")).toMatchObject({
      status: "skipped",
      run: { kind: "correction" },
      reason: { kind: "partial_day", day: sessionAt(2).day },
    });
    expect(await world.ledger.openSignals("KRX")).toEqual(before);
    world.import(sessionAt(2).rows);
    expect(await world.run("cron")).toMatchObject({ status: "done", run: { saved: 0 } });
    expect(await factsOf(world)).toEqual(await factsOf(await live(3)));
  });

  it("[CR5] is refused for a finding as a scan is, unless the session was judged with it before", async ({
    expect,
  }) => {
    const careful = new CorrectionWorld();
    careful.accept = ["no_session"];
    const world = await live(3, undefined, careful);
    world.import(scaled(sessionAt(2).rows, 0.01));
    expect(await world.run("cron")).toMatchObject({ status: "skipped", reason: { kind: "jump" } });
    const forced = await live(3, (i, { rows }) => (i === 1 ? scaled(rows, 0.01) : rows));
    forced.accept = ["no_session"];
    forced.import(
      new Map([...sessionAt(2).rows].slice(0, 1).map(([key, row]) => [key, { ...row, volume: 77_777 }])),
    );
    expect(await forced.run("cron")).toMatchObject({ status: "done", run: { kind: "correction" } });
  });

  it("[CR5] is refused for a finding that was accepted on earlier rows of the session and that its newest rows did not have", async ({
    expect,
  }) => {
    const world = await live(3, (i, { rows }) => (i === 1 ? scaled(rows, 0.01) : rows));
    world.accept = ["no_session"];
    world.import(sessionAt(1).rows);
    expect(await world.run("cron")).toMatchObject({ status: "done", run: { kind: "correction" } });
    for (const session of [sessionAt(1), sessionAt(2)]) {
      world.import(scaled(session.rows, 0.01));
      expect(await world.run("cron")).toMatchObject({ status: "skipped", reason: { kind: "jump" } });
      world.import(session.rows);
      await world.run("cron");
    }
    expect(await factsOf(world)).toEqual(await factsOf(await live(3)));
  });

  it("[CR5] is refused for a day between its sessions that nobody judged, as a repeated one that was sent late", async ({
    expect,
  }) => {
    const world = await live(6);
    world.accept = ["no_session"];
    const days = MARKET.sessions.map(({ day }) => Number(day));
    const i = days.findIndex((day, at) => (days[at + 1] ?? 0) - day > 1);
    const before = sessionAt(i);
    const late = tradingDayOf(before.day + 1);
    world.import(new Map([...before.rows].map(([key, row]) => [key, { ...row, day: late }])));
    expect(await world.run("cron")).toMatchObject({
      status: "skipped",
      reason: { kind: "repeats", day: late },
    });
    world.accept = ["no_session", "repeats"];
    expect(await world.run("cron")).toMatchObject({ status: "done", run: { kind: "correction" } });
    world.accept = ["no_session"];
    world.remove(late);
    expect(await world.run("cron")).toMatchObject({ status: "done" });
    expect(await factsOf(world)).toEqual(await factsOf(await live(6)));
  });

  it("[CR5] begins anew when rows change under it, and fails at the third time with nothing saved", async ({
    expect,
  }) => {
    const world = await live(3, (i, { rows }) => (i === 2 ? scaled(rows, 0.01) : rows));
    const before = structuredClone(world.ledger.stored);
    world.import(scaled(sessionAt(2).rows, 3));
    let factor = 3;
    world.turn = () => {
      world.import(scaled(sessionAt(2).rows, (factor += 1)));
      return Promise.resolve();
    };
    expect(await world.correct()).toMatchObject({
      status: "failed",
      run: { reason: expect.stringContaining("bars_moved") },
    });
    expect(world.ledger.stored).toEqual(before);
    expect(factor).toBe(6);
    let moves = 1;
    world.turn = () => {
      if (moves-- > 0) {
        world.import(sessionAt(2).rows);
      }
      return Promise.resolve();
    };
    expect(await world.correct()).toMatchObject({ status: "done" });
    expect(await factsOf(world)).toEqual(await factsOf(await live(3)));
  });
});
