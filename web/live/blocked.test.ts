/** When a page gives up on sockets for the time being, and what its status is then. */
import { describe, it } from "vitest";
import { makeRandom } from "../../worker/testing/chance/random.ts";
import { isBlocked, step } from "./connection.ts";
import { type Connection, IDLE } from "./connection-state.ts";
import { statusOf } from "./connection-status.ts";
import { SimulatedServer } from "./simulated-server.ts";
import { makeSimulatedTime } from "./simulated-time.ts";
import { makeLiveSocket } from "./socket.ts";

describe("a way that lets no socket through", () => {
  it("[LV15] takes the way for blocked after three attempts that did not open, while online", ({
    expect,
  }) => {
    const attempt = (state: Connection, at: number): Connection => {
      const [opening] = step(state, { type: "retry", at });
      const [lost] = step(opening, {
        type: "closed",
        at,
        socket: opening.socket,
        code: 1006,
        reason: "",
        chance: 1,
      });
      return lost;
    };
    const [wanted] = step(IDLE, { type: "want", at: 0 });
    const [first] = step(wanted, { type: "closed", at: 0, socket: 1, code: 1006, reason: "", chance: 1 });
    const third = attempt(attempt(first, 1), 2);
    expect([first, attempt(first, 1), third].map(isBlocked)).toEqual([false, false, true]);
    expect(statusOf(third, 20_000, 0, null).state).toBe("reconnecting");
    expect(statusOf(third, 20_000, 0, 1_000)).toEqual({ state: "polling", lastDataAt: 1_000 });
    expect(statusOf(third, 40_000, 0, 1_000).state).toBe("reconnecting");
    const [offline] = step(third, { type: "offline", at: 3 });
    expect(statusOf(offline, 20_000, 0, 1_000).state).toBe("offline");
    const [again] = step(third, { type: "retry", at: 3 });
    const [open] = step(again, { type: "opened", at: 4, socket: again.socket });
    expect([isBlocked(again), isBlocked(open)]).toEqual([true, false]);
  });

  it("[LV15] takes a browser that makes no sockets at all for such a way, and comes back when it does", ({
    expect,
  }) => {
    const [time, random] = [makeSimulatedTime(), makeRandom(9)];
    const server = new SimulatedServer(time, random);
    let isForbidden = true;
    class WebSocket extends server.WebSocket {
      constructor(url: string) {
        if (isForbidden) {
          throw new Error("Sockets are forbidden here");
        }
        super(url);
      }
    }
    const live = makeLiveSocket({ url: "ws://test/ws", ...time, random, WebSocket });
    live.subscribe("feed", { message: () => undefined });
    time.pass(60_000);
    expect([isBlocked(live.snapshot().connection), server.opened]).toEqual([true, 0]);
    isForbidden = false;
    time.pass(25_000);
    expect([live.snapshot().connection.phase.name, server.opened]).toEqual(["open", 1]);
    live.close();
  });
});
