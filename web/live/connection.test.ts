import * as fc from "fast-check";
import { describe, it } from "vitest";
import { statusOf } from "./connection-status.ts";
import { type Bare, frame, happen, newWalk, note, opens, openWalk, pass, pings } from "./connection-walk.ts";

describe("connection", () => {
  it("[LV2] reaches and leaves every state in the life of a page", ({ expect }) => {
    const walk = newWalk();
    note(walk);
    happen(walk, { type: "want" });
    happen(walk, { type: "opened", socket: 1 });
    happen(walk, { type: "flow", flow: "flowing" });
    happen(walk, frame(walk, true));
    pass(walk, 4_000);
    pass(walk, 12_000);
    happen(walk, frame(walk, true));
    happen(walk, { type: "pause" });
    happen(walk, { type: "resume" });
    happen(walk, { type: "flow", flow: "resting" });
    happen(walk, { type: "closed", socket: 1, code: 1006, reason: "" });
    happen(walk, { type: "offline" });
    happen(walk, { type: "online" });
    happen(walk, { type: "opened", socket: 2 });
    happen(walk, { type: "caught_up", messages: 12, reset: false });
    pass(walk, 4_000);
    happen(walk, { type: "closed", socket: 2, code: 4000, reason: "another version" });
    happen(walk, { type: "retry" });
    happen(walk, { type: "release" });
    pass(walk, 10_000);
    expect(walk.states).toEqual([
      "idle",
      "connecting",
      "quiet",
      "live",
      "quiet",
      "stale",
      "live",
      "paused",
      "live",
      "closed",
      "reconnecting",
      "offline",
      "reconnecting",
      "recovered",
      "closed",
      "refused",
      "reconnecting",
      "idle",
    ]);
  });

  it("[LV2] leaves every state again after any events, and never has two sockets", ({ expect }) => {
    const bare = fc.oneof(
      fc.constantFrom<Bare>(
        { type: "want" },
        { type: "release" },
        { type: "online" },
        { type: "offline" },
        { type: "hidden" },
        { type: "shown" },
        { type: "pause" },
        { type: "resume" },
        { type: "retry" },
        { type: "caught_up", messages: 1, reset: false },
      ),
      fc.record({ type: fc.constant("opened" as const), socket: fc.nat(4) }),
      fc.record({ type: fc.constant("frame" as const), socket: fc.nat(4), data: fc.boolean() }),
      fc.record({
        type: fc.constant("closed" as const),
        socket: fc.nat(4),
        code: fc.constantFrom(1006, 4000, 4101, 4201),
        reason: fc.constant(""),
      }),
    );
    const moves = fc.array(fc.tuple(bare, fc.nat(400_000)), { maxLength: 40 });
    fc.assert(
      fc.property(moves, (list) => {
        const walk = newWalk();
        let isSocket = false;
        let seen = 0;
        for (const [event, ms] of list) {
          const isEnd = event.type === "closed" && event.socket === walk.state.socket;
          happen(walk, event);
          isSocket &&= !isEnd;
          pass(walk, ms);
          for (const effect of walk.effects.slice(seen)) {
            expect(effect.type === "open" && isSocket).toBe(false);
            isSocket = effect.type === "open" || (effect.type === "ping" && isSocket);
          }
          seen = walk.effects.length;
        }
        // Whatever happened, a wanted and shown page gets its socket.
        happen(walk, { type: "shown" });
        happen(walk, { type: "want" });
        happen(walk, { type: "retry" });
        pass(walk, 0);
        happen(walk, { type: "opened", socket: walk.state.socket });
        expect(walk.state.phase.name).toBe("open");
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });

  it("[LV2] ignores an earlier socket", ({ expect }) => {
    const walk = openWalk();
    happen(walk, { type: "closed", socket: 1, code: 1006, reason: "" });
    pass(walk, 5_000);
    happen(walk, { type: "opened", socket: 2 });
    const before = walk.state;
    happen(walk, { type: "closed", socket: 1, code: 4000, reason: "" });
    happen(walk, { type: "frame", socket: 1, data: true });
    expect(walk.state).toEqual(before);
  });

  it("[WS10][LV3] pings every 25 s, and ends a socket that was silent for 33 s", ({ expect }) => {
    const walk = openWalk();
    for (let i = 0; i < 12; i++) {
      pass(walk, 25_000);
      happen(walk, frame(walk, false));
    }
    expect(pings(walk)).toBe(12);
    pass(walk, 32_999);
    expect(walk.state.phase.name).toBe("open");
    pass(walk, 1);
    expect(walk.effects.at(-1)).toEqual({ type: "close", socket: 1 });
    pass(walk, 2_500);
    expect(walk.effects.at(-1)).toEqual({ type: "open", socket: 2 });
  });

  it.for(["online", "shown"] as const)(
    "[LV3] probes at once on %s, and gives the probe 8 s",
    (wake, { expect }) => {
      const walk = openWalk();
      pass(walk, 10_000);
      happen(walk, { type: wake });
      expect(walk.effects.at(-1)).toEqual({ type: "ping" });
      pass(walk, 7_999);
      expect(walk.state.phase.name).toBe("open");
      pass(walk, 1);
      expect(walk.state.phase.name).toBe("waiting");
      happen(walk, { type: wake });
      expect(walk.effects.at(-1)).toEqual({ type: "open", socket: 2 });
    },
  );

  it("[LV3] gives up a handshake that does not end", ({ expect }) => {
    const walk = newWalk();
    happen(walk, { type: "want" });
    pass(walk, 15_000);
    expect(walk.state.phase.name).toBe("waiting");
  });

  it("[LV3] closes after 5 minutes in the background and comes back with the gap when shown", ({
    expect,
  }) => {
    const walk = openWalk();
    happen(walk, { type: "hidden" });
    for (let i = 0; i < 29; i++) {
      pass(walk, 10_000);
      happen(walk, frame(walk, true));
    }
    expect(walk.state.phase.name).toBe("open");
    pass(walk, 10_000);
    expect(walk.effects.at(-1)).toEqual({ type: "close", socket: 1 });
    pass(walk, 3_600_000);
    expect(opens(walk)).toBe(1);
    happen(walk, { type: "shown" });
    happen(walk, { type: "opened", socket: 2 });
    happen(walk, { type: "caught_up", messages: 3, reset: false });
    expect(statusOf(walk.state, walk.now, 0)).toMatchObject({
      state: "recovered",
      gapSeconds: 3_610,
      messages: 3,
    });
  });

  it("[LV1] counts short lives as failures, and forgets them after 30 s up", ({ expect }) => {
    const walk = openWalk();
    for (let n = 1; n <= 4; n++) {
      happen(walk, { type: "closed", socket: walk.state.socket, code: 4201, reason: "" }, 0);
      pass(walk, 0);
      happen(walk, { type: "opened", socket: walk.state.socket });
      expect(walk.state.failures).toBe(n);
    }
    pass(walk, 30_000);
    happen(walk, { type: "closed", socket: walk.state.socket, code: 1006, reason: "" }, 0.5);
    expect(walk.state.phase).toEqual({ name: "waiting", retryAt: walk.now + 2_500 });
  });
});
