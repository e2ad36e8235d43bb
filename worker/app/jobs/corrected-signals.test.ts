import { describe, it } from "vitest";
import { dayOf, makeEvent, makeSignal } from "../../testing/builders/signal-builder.ts";
import type { StoredEvent } from "../ports/scan-ledger.ts";
import { isReentered, type JudgedAgain, rewrite } from "./corrected-signals.ts";

const [FRIDAY, MONDAY] = [dayOf("2025-05-16"), dayOf("2025-05-19")];
const SCANNED = makeSignal({ appliedOn: FRIDAY });
const TOUCHED = makeSignal({ appliedOn: MONDAY, state: "TRIGGERED", triggeredOn: MONDAY });
const READY = makeEvent({ seq: 2, day: FRIDAY, from: "FORMING", reason: "ready" });
const TICK = makeEvent({ seq: 3, day: MONDAY, from: "READY", to: "TRIGGERED", reason: "triggered" });

const stored = (event: typeof READY): StoredEvent => ({ ...event, at: 1, runId: "run-1" });

/** Friday was scanned, and a price of Monday's running session touched the trigger; Friday is judged again. */
function again(overrides: Partial<JudgedAgain> = {}): JudgedAgain {
  return {
    before: TOUCHED,
    scanned: SCANNED,
    after: SCANNED,
    logged: [stored(READY), stored(TICK)],
    events: [{ ...READY, seq: 1 }],
    count: 3,
    last: FRIDAY,
    ...overrides,
  };
}

describe("what a correction writes of one signal", () => {
  it("[CR3] is nothing when its session comes out the same: what a price has moved since stays", ({
    expect,
  }) => {
    expect(rewrite(again())).toBeNull();
  });

  it("[CR3] takes back with a changed session what a price has moved on it, and numbers on", ({ expect }) => {
    const after = makeSignal({ appliedOn: FRIDAY, score: 61 });
    const moved = makeEvent({ day: FRIDAY, from: "FORMING", reason: "revised" });
    expect(rewrite(again({ after, events: [moved] }))).toEqual({
      kind: "corrected",
      signal: after,
      isWithdrawn: false,
      superseded: [
        { signalId: "signal-1", seq: 2 },
        { signalId: "signal-1", seq: 3 },
      ],
      events: [{ ...moved, seq: 4 }],
    });
  });

  it("[CR3] leaves alone what stands at the head of its log, and takes back from the first difference on", ({
    expect,
  }) => {
    const wrong = stored(
      makeEvent({ seq: 3, day: FRIDAY, from: "READY", to: "FAILED", reason: "BASE_FAIL" }),
    );
    const before = makeSignal({ appliedOn: FRIDAY, state: "FAILED" });
    const x = again({ before, scanned: before, logged: [stored(READY), wrong] });
    expect(rewrite(x)).toMatchObject({
      kind: "corrected",
      superseded: [{ seq: 3 }],
      events: [],
      signal: { state: "READY" },
    });
  });

  it("[CR3] withdraws a signal that the true rows never gave birth to, and once only", ({ expect }) => {
    expect(rewrite(again({ after: null, events: [] }))).toMatchObject({
      kind: "ended",
      isWithdrawn: true,
      signal: { state: "EXPIRED", reason: "withdrawn", endedOn: SCANNED.bornOn },
      superseded: [{ seq: 2 }, { seq: 3 }],
    });
    expect(rewrite(again({ before: null, scanned: null, after: null, logged: [], events: [] }))).toBeNull();
  });

  it("[CR4] names it born, ended or corrected, once", ({ expect }) => {
    const ended = makeSignal({ appliedOn: FRIDAY, state: "FAILED" });
    const of = (x: Partial<JudgedAgain>) => rewrite(again({ logged: [], events: [], ...x }))?.kind;
    expect(of({ before: null, scanned: null })).toBe("born");
    expect(of({ after: ended })).toBe("ended");
    expect(of({ before: ended, scanned: ended })).toBe("corrected");
    expect(of({ before: null, scanned: null, after: ended })).toBe("corrected");
  });

  it("[CR2] forgets the outcome of a signal that entered on the first day or later, before or after", ({
    expect,
  }) => {
    const waiting = rewrite(again({ after: makeSignal({ appliedOn: FRIDAY, score: 1 }), events: [] }));
    expect(waiting && isReentered(waiting, TOUCHED, MONDAY)).toBe(true);
    expect(waiting && isReentered(waiting, SCANNED, MONDAY)).toBe(false);
    const entered = rewrite(again({ before: SCANNED, after: TOUCHED, events: [] }));
    expect(entered && isReentered(entered, SCANNED, MONDAY)).toBe(true);
    expect(entered && isReentered(entered, SCANNED, dayOf("2025-05-20"))).toBe(false);
  });
});
