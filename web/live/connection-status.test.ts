import { describe, it } from "vitest";
import { statusOf } from "./connection-status.ts";
import { frame, happen, opens, openWalk, pass } from "./connection-walk.ts";

describe("status of a connection", () => {
  it("[LV4] is never stale out of session, and a pong is not a value", ({ expect }) => {
    const walk = openWalk();
    happen(walk, { type: "flow", flow: "resting" });
    happen(walk, frame(walk, true));
    for (let i = 0; i < 10; i++) {
      pass(walk, 20_000);
      happen(walk, frame(walk, false));
    }
    expect(statusOf(walk.state, walk.now, 0).state).toBe("closed");
    happen(walk, { type: "flow", flow: "flowing" });
    happen(walk, frame(walk, false));
    expect(statusOf(walk.state, walk.now, 0)).toEqual({ state: "stale", lastDataAt: 0 });
    happen(walk, { type: "flow", flow: "unknown" });
    expect(statusOf(walk.state, walk.now, 0).state).toBe("quiet");
    happen(walk, { type: "flow", flow: "stalled" });
    happen(walk, frame(walk, true));
    expect(statusOf(walk.state, walk.now, 0).state).toBe("stale");
  });

  it("[LV4] gives why it was refused, how it recovered, and offline after 2 minutes down", ({ expect }) => {
    const walk = openWalk();
    happen(walk, frame(walk, true));
    happen(walk, { type: "closed", socket: 1, code: 1006, reason: "" });
    pass(walk, 2_500);
    expect(statusOf(walk.state, walk.now, 0)).toEqual({
      state: "reconnecting",
      attempt: 1,
      retryAt: null,
      lastDataAt: 0,
    });
    pass(walk, 34_500);
    walk.now = 37_000;
    happen(walk, { type: "retry" });
    happen(walk, { type: "opened", socket: walk.state.socket });
    happen(walk, { type: "caught_up", messages: 12, reset: false });
    expect(statusOf(walk.state, walk.now, 0)).toEqual({
      state: "recovered",
      gapSeconds: 37,
      messages: 12,
      reset: false,
    });
    happen(walk, {
      type: "closed",
      socket: walk.state.socket,
      code: 4003,
      reason: "this origin may not connect",
    });
    const refused = { state: "refused", code: 4003, reason: "this origin may not connect" };
    expect(statusOf(walk.state, walk.now, 0)).toEqual(refused);
    pass(walk, 3_600_000);
    expect(statusOf(walk.state, walk.now, 0)).toEqual(refused);

    const lost = openWalk();
    happen(lost, { type: "closed", socket: 1, code: 1006, reason: "" });
    pass(lost, 119_999);
    expect(statusOf(lost.state, lost.now, 0).state).toBe("reconnecting");
    pass(lost, 2);
    expect(statusOf(lost.state, lost.now, 0).state).toBe("offline");
    expect(opens(lost)).toBeGreaterThan(5);
  });
});
