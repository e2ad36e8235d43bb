import { afterEach, beforeEach, describe, it } from "vitest";
import { type LiveSessionStage, stageLiveSession } from "../../testing/stage/live-session-stage.ts";

let stage: LiveSessionStage;
beforeEach(async () => {
  stage = await stageLiveSession();
});
afterEach(() => stage.end());

describe("the status of a real session", () => {
  it("[DR13] names the phase of the exchange, and covers nothing outside of the session", async ({
    expect,
  }) => {
    const phases: unknown[] = [];
    for (const time of ["08:00", "08:45", "09:30", "15:25", "15:34", "16:30", "20:30"]) {
      await stage.at(`2026-09-16T${time}:00`);
      const { phase, session, coverage } = stage.driver.view().status;
      phases.push([phase, session, coverage?.slots]);
    }
    expect(phases).toEqual([
      ["closed", "closed", undefined],
      ["opening_auction", "closed", undefined],
      ["open", "open", 41],
      ["closing_auction", "open", 41],
      ["closed", "closed", undefined],
      ["after_market", "closed", undefined],
      ["closed", "closed", undefined],
    ]);
  });

  it("[DR13] counts what is followed, asked for by turns and left out, and each price states which it is", async ({
    expect,
  }) => {
    const [first = "", second = ""] = stage.traded(2);
    // The indices and one share have a slot.
    stage.birth(stage.kis.live(3));
    stage.signals = [first];
    stage.topics = [`price:${second}`];
    await stage.at("2026-09-16T08:58:00");
    await stage.registered(3);
    await stage.at("2026-09-16T09:30:00");
    await stage.trade([first]);
    await stage.pass(25_000);
    const { status } = stage.driver.view();
    expect([status.tickers, status.coverage]).toEqual([
      4,
      { slots: 3, followed: 3, polled: 1, dropped: 0, turnSeconds: 18 },
    ]);
    const ways = () => [first, second].map((share) => stage.driver.view().quote(share)?.via);
    expect(ways()).toEqual(["followed", "polled"]);
    stage.topics = Array.from({ length: 310 }, (_, n) => `price:${String(300_000 + n)}`);
    await stage.step();
    expect(stage.driver.view().status.coverage).toMatchObject({ polled: 300, dropped: 10 });
    // After the session a price is its last one, however it was learnt.
    await stage.at("2026-09-16T15:40:00");
    expect(ways()).toEqual([undefined, undefined]);
  });

  it("[DR14] judges the whole session every so many minutes from its thirtieth on, not in the auctions, and not at all unasked", async ({
    expect,
  }) => {
    stage.formingEveryMs = 600_000;
    stage.birth();
    await stage.at("2026-09-16T08:58:00");
    const counts: unknown[] = [];
    for (const time of ["09:29:59", "09:30:00", "09:35:00", "09:40:00", "15:19:00", "15:25:00"]) {
      stage.failing = time === "09:40:00" ? "judgeRunning" : null;
      await stage.at(`2026-09-16T${time}`);
      counts.push([time, stage.judged.length, stage.driver.view().status.forming?.count]);
    }
    expect(counts).toEqual([
      ["09:29:59", 0, undefined],
      ["09:30:00", 1, 1],
      ["09:35:00", 1, 1],
      // One that failed is made at the next time; the list of before stands with its own time.
      ["09:40:00", 1, 1],
      ["15:19:00", 2, 2],
      ["15:25:00", 2, 2],
    ]);
    expect(stage.event("session_not_judged")).toHaveLength(1);
    expect(stage.judged.map(({ elapsed }) => Math.round(390 * elapsed))).toEqual([30, 379]);
    await stage.at("2026-09-16T16:00:00");
    expect(stage.driver.view().status.forming).toBeUndefined();
    stage.formingEveryMs = 0;
    stage.birth();
    await stage.at("2026-09-17T11:00:00");
    expect(stage.judged).toHaveLength(2);
  });
});
