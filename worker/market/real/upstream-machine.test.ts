import * as fc from "fast-check";
import { describe, it } from "vitest";
import { advance, ASLEEP, type UpstreamChange, type UpstreamState } from "./upstream-machine.ts";

const AWAKE: UpstreamChange = { kind: "time", isAwake: true };
const ASLEEP_NOW: UpstreamChange = { kind: "time", isAwake: false };
const UP: UpstreamChange = { kind: "up", missedNothing: false };
const SECOND = 1_000;

/** What the changes come to, each so many milliseconds after the one before. */
class Played {
  state: UpstreamState = ASLEEP;
  now = 1_000_000;
  readonly actions: string[] = [];
  random = 0.5;

  after(ms: number, change: UpstreamChange): this {
    this.now += ms;
    const { state, action } = advance(this.state, change, this.now, this.random);
    this.state = state;
    if (action !== null) {
      this.actions.push(action);
    }
    return this;
  }

  /** How long it waits before it connects again. */
  pause(): number {
    return this.state.name === "waiting" ? this.state.until - this.now : Number.NaN;
  }
}

describe("the state of a connection", () => {
  it("[DR2] is live only after the prices that it hid were filled in, unless the session had not opened", ({
    expect,
  }) => {
    const late = new Played().after(0, AWAKE).after(100, UP);
    expect(late.state.name).toBe("snapshot");
    late.after(0, AWAKE).after(5 * SECOND, AWAKE);
    expect(late.actions).toEqual(["open", "snapshot"]);
    late.after(5 * SECOND, AWAKE);
    expect(late.actions).toEqual(["open", "snapshot", "snapshot"]);
    expect(late.after(1, { kind: "snapshot" }).state.name).toBe("live");
    const early = new Played().after(0, AWAKE).after(100, { kind: "up", missedNothing: true });
    expect([early.state.name, early.actions]).toEqual(["live", ["open"]]);
  });

  it("[DR2] is given up after 90 s without a frame, and after 20 s without a connection", ({ expect }) => {
    const live = new Played().after(0, AWAKE).after(0, UP).after(0, { kind: "snapshot" });
    live.after(60 * SECOND, { kind: "frame" }).after(90 * SECOND, AWAKE);
    expect(live.state.name).toBe("live");
    live.after(1, AWAKE);
    expect([live.state.name, live.actions]).toEqual(["waiting", ["open", "close"]]);
    const silent = new Played().after(0, AWAKE).after(20 * SECOND, AWAKE);
    expect(silent.actions).toEqual(["open"]);
    expect(silent.after(1, AWAKE).actions).toEqual(["open", "close"]);
  });

  it("[DR2] waits from 1 s to 30 s with full jitter, more after each failure, and a trade forgets them", ({
    expect,
  }) => {
    const pauses = (random: number): readonly number[] => {
      const played = new Played();
      played.random = random;
      return Array.from({ length: 8 }, () => {
        played.after(0, AWAKE).after(0, UP).after(0, { kind: "down", denied: null });
        const pause = played.pause();
        played.after(pause, AWAKE);
        return Math.round(pause);
      });
    };
    expect(pauses(0)).toEqual(Array.from({ length: 8 }, () => 1_000));
    expect(pauses(1)).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000]);
    const played = new Played();
    played.random = 1;
    for (let n = 0; n < 4; n++) {
      played
        .after(60 * SECOND, AWAKE)
        .after(0, UP)
        .after(0, { kind: "down", denied: null });
    }
    expect(played.pause()).toBe(16_000);
    // A connection alone forgets nothing: a vendor that refuses ends it at once.
    played
      .after(60 * SECOND, AWAKE)
      .after(0, UP)
      .after(0, { kind: "trade" })
      .after(0, { kind: "down", denied: null });
    expect(played.pause()).toBe(2_000);
  });

  it("[DR2] tries a key in use four times, because the vendor takes an ended session for alive, and then rests for an hour", ({
    expect,
  }) => {
    const played = new Played();
    const refuse = () => played.after(0, UP).after(0, { kind: "down", denied: "key_in_use" });
    played.after(0, AWAKE);
    refuse();
    for (const pause of [5, 15, 30]) {
      expect(played.pause()).toBe(pause * SECOND);
      played.after(pause * SECOND, AWAKE);
      refuse();
    }
    expect(played.state).toMatchObject({ name: "denied", why: "key_in_use" });
    expect(played.actions).toEqual(["open", "open", "open", "open"]);
    played.after(3_599 * SECOND, AWAKE);
    expect(played.actions).toHaveLength(4);
    expect(played.after(SECOND, AWAKE).actions).toHaveLength(5);
    const bad = new Played().after(0, AWAKE).after(0, { kind: "down", denied: "bad_key" });
    expect(bad.state.name).toBe("denied");
  });

  it("[DR2] sleeps outside of the session, whatever it was", ({ expect }) => {
    const live = new Played()
      .after(0, AWAKE)
      .after(0, UP)
      .after(0, { kind: "snapshot" })
      .after(0, ASLEEP_NOW);
    expect([live.state, live.actions]).toEqual([ASLEEP, ["open", "close"]]);
    const denied = new Played()
      .after(0, AWAKE)
      .after(0, { kind: "down", denied: "bad_key" })
      .after(0, ASLEEP_NOW);
    expect([denied.state, denied.actions]).toEqual([ASLEEP, ["open"]]);
  });

  it("[DR2] opens no second connection beside one, and is never live without the snapshot, whatever happens", ({
    expect,
  }) => {
    const change = fc.oneof(
      fc.boolean().map((isAwake): UpstreamChange => ({ kind: "time", isAwake })),
      fc.boolean().map((missedNothing): UpstreamChange => ({ kind: "up", missedNothing })),
      fc.constantFrom<UpstreamChange>({ kind: "frame" }, { kind: "trade" }, { kind: "snapshot" }),
      fc.constantFrom<UpstreamChange>({ kind: "down", denied: null }, { kind: "down", denied: "key_in_use" }),
    );
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 100_000 }), change), { maxLength: 80 });
    fc.assert(
      fc.property(steps, fc.float({ min: 0, max: 1, noNaN: true }), (all, random) => {
        let state: UpstreamState = ASLEEP;
        let [now, stands, isFilled] = [0, false, false];
        for (const [ms, one] of all) {
          now += ms;
          const before: UpstreamState = state;
          const next = advance(before, one, now, random);
          state = next.state;
          if (one.kind === "down" && before.name !== state.name) {
            stands = false;
          }
          if (next.action === "open") {
            expect(stands).toBe(false);
            [stands, isFilled] = [true, false];
          }
          if (next.action === "close") {
            expect(stands).toBe(true);
            stands = false;
          }
          isFilled ||= one.kind === "snapshot" || (one.kind === "up" && one.missedNothing);
          if (state.name === "live") {
            expect([stands, isFilled]).toEqual([true, true]);
          }
        }
      }),
      { seed: 21, numRuns: 500 },
    );
  });
});
