import { describe, it } from "vitest";
import { liveUpstreamContract } from "../../../app/ports/live-upstream.contract.ts";
import type { LiveKey, TickPhase, UpstreamEvent } from "../../../app/ports/live-upstream.ts";
import { type Ticker, tickerOf } from "../../../core/nominal.ts";
import type { KiwoomTrade } from "../../../testing/fakes/kiwoom/kiwoom-trade.ts";
import { dayOf } from "../../../testing/stage/kis-stage.ts";
import {
  KIWOOM_APP_KEY,
  KIWOOM_SECRET_KEY,
  type KiwoomStage,
  stageKiwoom,
} from "../../../testing/stage/kiwoom-stage.ts";
import { eventually } from "../../../testing/eventually.ts";

const DAY = dayOf("2026-09-16");
const AT = "2026-09-16T09:30:01";
const INDEX_NAMES: Readonly<Record<string, LiveKey>> = { "001": "KOSPI", "101": "KOSDAQ" };

/** How the vendor marks each phase; auctions have records of a kind of their own, which is not registered. */
const MARKS: Readonly<Record<Exclude<TickPhase, "auction">, Partial<KiwoomTrade>>> = {
  session: {},
  after: { session: "3" },
  other: { session: "1" },
};

function tradesOf(
  stage: KiwoomStage,
  keys: readonly LiveKey[],
  marks: Partial<KiwoomTrade> = {},
): readonly KiwoomTrade[] {
  return keys.flatMap((key): readonly KiwoomTrade[] => {
    const row = stage.exchange.rowOf(DAY, key);
    return row === null || row.volume === 0
      ? []
      : [{ ...row, ticker: key, at: stage.clock.now(), price: row.close, ...marks }];
  });
}

const tradedIn = ({ exchange }: KiwoomStage): readonly Ticker[] =>
  exchange.rows(DAY).flatMap(({ volume, listing }) => (volume > 0 ? [listing.ticker] : []));

liveUpstreamContract("Kiwoom", async () => {
  const stage = await stageKiwoom({ at: AT });
  const { socket } = stage.fake;
  return {
    upstream: stage.live(41),
    reborn: () => stage.live(41),
    keys: [...tradedIn(stage).slice(0, 60), "KOSPI", "KOSDAQ"],
    registered: () => new Set(socket.registered().map((key) => INDEX_NAMES[key] ?? tickerOf(key))),
    mostRegistered: () => socket.mostRegistered,
    connections: () => socket.connections,
    phases: ["session", "other", "after", "session"],
    trade: (some, phase) => socket.trade(tradesOf(stage, some, phase === "auction" ? {} : MARKS[phase])),
    widen: (by) => {
      socket.traps.more = by;
      socket.traps.listed = by === 2;
    },
    tradeAtLength: (some) => {
      const trades = tradesOf(stage, some);
      const records = Array.from({ length: 80 }, (_, n) => trades[n % trades.length]).flatMap((trade) =>
        trade === undefined ? [] : [socket.record(trade)],
      );
      socket.records(records);
      return records.length;
    },
    nonsense: () => {
      socket.text("{");
      socket.text("PONG");
      socket.text('{"trnm":"REAL","data":"none"}');
      socket.text('{"trnm":"REAL","data":[{"type":"0B","item":"000020"},7,null]}');
      socket.text('{"trnm":"REAL","data":[{"type":"0D","item":"000020","values":{"41":"+5"}}]}');
      socket.text('{"trnm":"SYSTEM","code":"R10009","message":"notice"}');
    },
    heartbeat: () => {
      socket.heartbeat();
    },
    cut: () => {
      socket.cut();
    },
    takeKey: (on) => {
      socket.traps.keyInUse = on;
    },
    logged: () => JSON.stringify(stage.log.lines),
    secrets: [KIWOOM_APP_KEY, KIWOOM_SECRET_KEY, "fake-kiwoom-token"],
    end: () => stage.end(),
  };
});

/** A connection with its events. */
function open(stage: KiwoomStage, keys: readonly LiveKey[], slots?: number) {
  const events: UpstreamEvent[] = [];
  const session = stage.live(slots).open((event) => events.push(event));
  session.want(keys);
  const ticks = () => events.flatMap((event) => (event.kind === "ticks" ? event.ticks : []));
  const last = () => events.findLast(({ kind }) => kind !== "frame");
  return { events, session, ticks, last };
}

async function withStage(play: (stage: KiwoomStage) => Promise<void>): Promise<void> {
  const stage = await stageKiwoom({ at: AT });
  try {
    await play(stage);
  } finally {
    await stage.end();
  }
}

const until = (check: () => void): Promise<void> => eventually(check);

describe("the socket of Kiwoom", () => {
  it("[KW13] begins with the login, sends heartbeats of both forms back and answers no notice", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      const { socket } = stage.fake;
      const one = open(stage, ["KOSPI"]);
      await until(() => {
        expect(socket.registered()).toEqual(["001"]);
      });
      for (let n = 0; n < 8; n++) {
        socket.heartbeat();
        await until(() => {
          expect(socket.heartbeatsReturned).toBe(n + 1);
        });
      }
      socket.text('{"trnm":"SYSTEM","code":"R10009","message":"notice"}');
      socket.heartbeat();
      await until(() => {
        expect(socket.heartbeatsReturned).toBe(9);
      });
      expect(socket.faults).toEqual([]);
      expect(stage.log.lines.filter(({ event }) => event === "kiwoom_notice")).toMatchObject([
        { fields: { code: "R10009" } },
      ]);
      one.session.close();
    });
  });

  it("[KW13] replaces a token that the login refuses, for the next connection", async ({ expect }) => {
    await withStage(async (stage) => {
      const first = open(stage, ["KOSPI"]);
      await until(() => {
        expect(first.last()).toEqual({ kind: "followed", keys: ["KOSPI"] });
      });
      first.session.close();
      stage.fake.expireTokens();
      stage.clock.advance(61_000);
      const second = open(stage, ["KOSPI"]);
      await until(() => {
        expect(second.last()).toMatchObject({ kind: "down", denied: null });
      });
      const third = open(stage, ["KOSPI"]);
      await until(() => {
        expect(third.last()).toEqual({ kind: "followed", keys: ["KOSPI"] });
      });
      expect(stage.fake.calls.get("au10001")).toBe(2);
      third.session.close();
    });
  });

  it("[KW13] is denied where the address is not registered, and asks nobody for a day", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      stage.fake.traps.denied = "8050";
      for (let n = 0; n < 2; n++) {
        const one = open(stage, ["KOSPI"]);
        await until(() => {
          expect(one.last()).toMatchObject({ kind: "down", denied: "address_not_allowed" });
        });
      }
      expect([stage.fake.socket.connections, stage.fake.calls.get("au10001")]).toEqual([0, 1]);
    });
  });

  it("[KW12] costs one name that the vendor refuses no other its place", async ({ expect }) => {
    await withStage(async (stage) => {
      const keys = tradedIn(stage).slice(0, 25);
      stage.fake.socket.traps.unknown = keys[7] ?? "";
      const one = open(stage, [...keys, "KOSPI"]);
      const rest = keys.filter((_, n) => n !== 7);
      await until(() => {
        expect(one.last()).toEqual({ kind: "followed", keys: [...rest, "KOSPI"] });
      });
      one.session.close();
    });
  });

  it("[KW11] shows what is traded after the vendor's own end of the session as after it", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      const { socket } = stage.fake;
      const [share = tickerOf("000020")] = tradedIn(stage);
      const one = open(stage, [share, "KOSPI"]);
      const index = {
        code: "KOSPI",
        at: stage.clock.now(),
        price: 2_510.25,
        base: 2_500,
        open: 2_501,
        high: 2_512,
        low: 2_499.5,
        volume: 10,
      } as const;
      await until(() => {
        expect(socket.registered()).toHaveLength(2);
      });
      // The state of the market is registered last.
      await until(() => {
        socket.state("3");
        expect(stage.log.lines.some(({ event }) => event === "kiwoom_market_state")).toBe(true);
      });
      socket.trade(tradesOf(stage, [share]));
      socket.index(index);
      socket.state("8");
      socket.trade(tradesOf(stage, [share]));
      socket.index(index);
      await until(() => {
        expect(one.ticks().map(({ key, phase }) => [key, phase])).toEqual([
          [share, "session"],
          ["KOSPI", "session"],
          [share, "after"],
          ["KOSPI", "after"],
        ]);
      });
      expect(one.ticks()[1]).toMatchObject({ price: 2_510.25, base: 2_500, day: DAY });
      one.session.close();
    });
  });

  it("[KW28] shows an interruption of a followed share as an indicative price, and refuses none of the others", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      const { socket } = stage.fake;
      const [share = tickerOf("000020"), other = ""] = tradedIn(stage);
      const one = open(stage, [share]);
      await until(() => {
        socket.interruption(other, 9_900, "1");
        socket.interruption(share, 21_450, "1");
        expect(one.ticks().length).toBeGreaterThan(0);
      });
      expect(one.ticks()[0]).toMatchObject({ key: share, phase: "auction", price: 21_450, day: DAY });
      socket.interruption(share, 21_450, "2");
      socket.trade(tradesOf(stage, [share]));
      await until(() => {
        expect(one.ticks().at(-1)?.phase).toBe("session");
      });
      expect(new Set(one.ticks().map(({ key }) => key))).toEqual(new Set([share]));
      expect(new Set(one.ticks().map(({ phase }) => phase))).toEqual(new Set(["auction", "session"]));
      expect(stage.log.lines.filter(({ event }) => event === "kiwoom_message_refused")).toEqual([]);
      one.session.close();
    });
  });
});
