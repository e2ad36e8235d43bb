/** How long an address is refused, and how little is kept of it, over the storage of a real object. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, it } from "vitest";
import type { AddressRefusal } from "../../app/ports/live.ts";
import { AddressBlocklist } from "./address-blocklist.ts";

const TEN_MINUTES = 600_000;
const HARMFUL = "x".repeat(1_048_576);

/** Lives of one object, one after the other, with a clock that the test sets. */
interface Lives {
  at: number;
  readonly told: AddressRefusal[];
  born(): AddressBlocklist;
  rows(): number;
}

async function inObject(name: string, act: (lives: Lives) => void): Promise<void> {
  await runInDurableObject(env.GATEWAY.getByName(`refused/${name}`), (_, { storage }) => {
    const lives: Lives = {
      at: 1_000,
      told: [],
      born: () =>
        new AddressBlocklist(
          { storage, getTags: () => ["a"] },
          { now: () => lives.at, tell: (refusal) => lives.told.push(refusal) },
        ),
      rows: () => storage.sql.exec("SELECT slot FROM refused").toArray().length,
    };
    act(lives);
  });
}

describe("refused addresses", () => {
  it("[WS15] are let in again when ten minutes are over, and refused anew for the next harm", async ({
    expect,
  }) => {
    await inObject("time", (lives) => {
      const first = lives.born();
      first.refuse({ address: "a", until: lives.at + TEN_MINUTES });
      expect([first.secondsLeft("a"), first.secondsLeft("b")]).toEqual([600, null]);
      lives.at += TEN_MINUTES - 1;
      expect([first.secondsLeft("a"), lives.born().secondsLeft("a")]).toEqual([1, 1]);
      lives.at += 1;
      expect([first.secondsLeft("a"), lives.born().secondsLeft("a")]).toEqual([null, null]);
      expect(lives.born().refuse({ address: "a", until: lives.at + 5_000 })).toBe(true);
      expect(lives.born().secondsLeft("a")).toBe(5);
    });
  });

  it("[WS15a] are written and told once an incident, and not prolonged", async ({ expect }) => {
    await inObject("once", (lives) => {
      const { 0: socket } = new WebSocketPair();
      const first = lives.born();
      first.weigh(socket, HARMFUL.slice(1));
      expect([lives.told, lives.rows()]).toEqual([[], 0]);
      first.weigh(socket, HARMFUL);
      lives.at += 1_000;
      first.weigh(socket, HARMFUL);
      lives.born().weigh(socket, HARMFUL);
      expect([lives.told, lives.rows()]).toEqual([[{ address: "a", until: 1_000 + TEN_MINUTES }], 1]);
      expect(lives.born().secondsLeft("a")).toBe(599);
    });
  });

  it("[WS15a] are 1,024 at most: the oldest is let in, in this life and the next", async ({ expect }) => {
    await inObject("bound", (lives) => {
      const first = lives.born();
      for (let k = 0; k < 1_027; k++) {
        first.refuse({ address: `a${k}`, until: lives.at + TEN_MINUTES });
      }
      for (const life of [first, lives.born()]) {
        expect([0, 2, 3, 1_026].map((k) => life.secondsLeft(`a${k}`))).toEqual([null, null, 600, 600]);
      }
      expect(lives.rows()).toBe(1_024);
    });
  });
});
