import { describe, it } from "vitest";
import type { SignalRow } from "../../worker/protocol/signal-row.ts";
import { makeRandom } from "../../worker/testing/chance/random.ts";
import { ROWS } from "../e2e/stub-signals.ts";
import { SimulatedMarket } from "./simulated-market.ts";
import { NO_FAULTS } from "./simulated-server.ts";
import { makeSimulatedTime, type SimulatedTime } from "./simulated-time.ts";
import type { LiveSocket } from "./ports.ts";
import { makeLiveSocket } from "./socket.ts";
import type { TopicListener, Update } from "./update.ts";

interface Mirror {
  readonly rows: Map<string, SignalRow>;
  readonly places: { readonly epoch: string; readonly seq: number; readonly snapshot: boolean }[];
  level: number | null;
  readonly prices: Map<string, number>;
  /** For `signal:vcp`; the other topics take its `message` alone. */
  readonly listener: TopicListener;
}

/** What an application makes of a stream of signals, as plainly as possible, and a record of every place it was given. */
function makeMirror(): Mirror {
  const mirror: Mirror = {
    rows: new Map(),
    places: [],
    level: null,
    prices: new Map(),
    listener: {
      message: (update) => {
        reflect(mirror, update);
      },
      // Nothing may be built on what was there before: the next place is a snapshot, or the first of its epoch.
      reset: () => {
        mirror.places.push({ epoch: "reset", seq: 0, snapshot: true });
      },
    },
  };
  return mirror;
}

function reflect(mirror: Mirror, update: Update): void {
  if (update.type === "signal_update") {
    const { epoch, seq, snapshot, data } = update;
    mirror.places.push({ epoch, seq, snapshot: snapshot === true });
    if (snapshot === true) {
      mirror.rows.clear();
    }
    data.signals.forEach((row) => mirror.rows.set(row.id, row));
    data.removed.forEach((id) => mirror.rows.delete(id));
  } else if (update.type === "market_gate_update") {
    mirror.level = update.data.level;
  } else if (update.type === "price_update") {
    mirror.prices.set(update.ticker, update.data.price);
  }
}

const DAY_MS = 86_400_000;
const TICKERS = ["005930", "000660", "035420", "042700", "012450"];
const TOPICS = ["signal:vcp", "market_gate", ...TICKERS.map((ticker) => `price:${ticker}`)];

interface World {
  readonly time: SimulatedTime;
  readonly random: () => number;
  readonly market: SimulatedMarket;
  readonly live: LiveSocket;
}

function newWorld(seed: number): World {
  const random = makeRandom(seed);
  const time = makeSimulatedTime();
  const [row] = ROWS;
  if (row === undefined) {
    throw new Error("The stub has rows");
  }
  const market = new SimulatedMarket(time, random, row, TICKERS);
  const { WebSocket } = market.server;
  const live = makeLiveSocket({ url: "ws://test/ws", ...time, random, WebSocket });
  return { time, random, market, live };
}

function mirrorOf({ live }: World): Mirror {
  const mirror = makeMirror();
  live.subscribe("signal:vcp", mirror.listener);
  for (const topic of TOPICS.slice(1)) {
    live.subscribe(topic, {
      message: (update) => {
        mirror.listener.message(update);
      },
    });
  }
  return mirror;
}

/** One thing that may happen while a page is open. */
function stumble({ time, random, market, live }: World): void {
  const { server } = market;
  const dice = Math.floor(random() * 26);
  switch (dice) {
    case 0:
      server.cut([1006, 1012, 4201, 4101][Math.floor(random() * 4)]);
      return;
    case 1:
      market.renew();
      return;
    case 2:
      server.isUp = !server.isUp;
      return;
    case 3:
      server.isSilent = random() < 0.3;
      return;
    case 4:
      live.wake(random() < 0.5 ? "offline" : "online");
      return;
    case 5:
      live.wake(random() < 0.5 ? "hidden" : "shown");
      time.pass(random() * 400_000);
      return;
    case 6:
      if (random() < 0.5) {
        live.pause();
      } else {
        live.resume();
      }
      return;
    case 7:
      time.pass(random() * 60_000);
      return;
    case 24:
      time.set((random() - 0.5) * DAY_MS);
      return;
    case 25:
      if (random() < 0.5) {
        server.vanish();
      }
      time.sleep(random() * 7_200_000, random() < 0.5);
      return;
    default:
      time.pass(random() * 1_500);
      if (dice < 16) {
        market.moveSignals();
      } else if (dice < 19) {
        market.moveGate();
      } else {
        market.movePrice(TICKERS[dice - 19] ?? "005930");
      }
  }
}

/** The faults end, everything moves once more, and time passes until nothing is under way. */
function calmDown({ time, market, live }: World): void {
  const { server } = market;
  server.faults = NO_FAULTS;
  server.isUp = true;
  server.isSilent = false;
  live.wake("online");
  live.wake("shown");
  live.resume();
  live.retry();
  time.pass(60_000);
  market.moveSignals();
  market.moveGate();
  TICKERS.forEach((ticker) => {
    market.movePrice(ticker);
  });
  time.pass(120_000);
}

function gapsAndDoubles({ places }: Mirror): readonly string[] {
  return places.flatMap(({ epoch, seq, snapshot }, i) => {
    const before = places[i - 1];
    const isNext = before?.epoch === epoch && before.seq + 1 === seq;
    const isFirst = before?.epoch !== epoch && seq === 1;
    return snapshot || isNext || isFirst ? [] : [`${before?.epoch}/${before?.seq} -> ${epoch}/${seq}`];
  });
}

describe("live socket", () => {
  it(
    "[LV6][LV7] holds the server's state at quiescence, whatever happened on the way",
    { timeout: 60_000 },
    ({ expect }) => {
      for (let seed = 1; seed <= 200; seed++) {
        const world = newWorld(seed);
        const mirror = mirrorOf(world);
        const { market } = world;
        // Every other world loses, doubles and shuffles single messages too.
        market.server.faults = seed % 2 === 0 ? { drop: 0.08, double: 0.08, late: 0.08 } : NO_FAULTS;
        for (let i = 0; i < 80; i++) {
          stumble(world);
        }
        calmDown(world);
        expect(gapsAndDoubles(mirror), `seed ${seed}`).toEqual([]);
        expect(mirror.rows, `seed ${seed}`).toEqual(market.rows);
        expect([mirror.level, mirror.prices], `seed ${seed}`).toEqual([
          market.gate?.level ?? null,
          market.prices,
        ]);
        expect(market.server.connections).toBe(1);
        world.live.close();
      }
    },
  );

  it("[LV6] catches up exactly after a cut inside the ring, and counts how much", ({ expect }) => {
    const world = newWorld(7);
    const { market, time, live } = world;
    for (let i = 0; i < 5; i++) {
      market.moveSignals();
    }
    const mirror = mirrorOf(world);
    time.pass(5_000);
    market.server.cut();
    for (let i = 0; i < 6; i++) {
      market.moveSignals();
    }
    time.pass(8_000);
    expect(mirror.places.map(({ seq, snapshot }) => [seq, snapshot])).toEqual([
      [5, true],
      ...[6, 7, 8, 9, 10, 11].map((seq) => [seq, false]),
    ]);
    expect(live.snapshot().connection.recovery).toMatchObject({ messages: 6, reset: false });
  });

  it("[LV6] asks for the whole when what it missed cannot be had", ({ expect }) => {
    const world = newWorld(8);
    const { market, time, live } = world;
    market.moveSignals();
    const mirror = mirrorOf(world);
    time.pass(5_000);
    market.server.cut();
    for (let i = 0; i < 20; i++) {
      market.moveSignals();
    }
    time.pass(8_000);
    expect(mirror.places.at(-1)).toMatchObject({ seq: 21, snapshot: true });
    expect(live.snapshot().connection.recovery?.reset).toBe(true);
  });

  it("[LV8] holds everything back in a pause, counts it, and shows it on resume", ({ expect }) => {
    const world = newWorld(9);
    const { market, time, live } = world;
    market.moveSignals();
    const mirror = mirrorOf(world);
    time.pass(5_000);
    live.pause();
    const before = mirror.places.length;
    for (let i = 0; i < 3; i++) {
      market.moveSignals();
      market.movePrice("005930");
      time.pass(1_000);
    }
    expect([mirror.places.length, mirror.prices.size, live.snapshot().waiting]).toEqual([before, 0, 4]);
    live.resume();
    expect([mirror.places.length, live.snapshot().waiting]).toEqual([before + 3, 0]);
    expect([mirror.rows, mirror.prices]).toEqual([market.rows, market.prices]);
    // A whole makes what came before it superfluous.
    live.pause();
    market.moveSignals();
    market.renew();
    time.pass(1_000);
    expect(live.snapshot().waiting).toBeLessThanOrEqual(4);
    live.resume();
    expect(mirror.rows).toEqual(market.rows);
  });

  it("[LV9] confirms as fast as it reads, and stays far below the flood limit", ({ expect }) => {
    const world = newWorld(10);
    const { market, time, live } = world;
    mirrorOf(world);
    time.pass(3_000);
    const { heard } = market.server;
    const sums: number[] = [];
    for (let tick = 0; tick < 400; tick++) {
      // 80 messages of about 600 characters a quarter of a second, and a list that scrolls all the time.
      for (let i = 0; i < 80; i++) {
        market.moveSignals();
      }
      live.subscribe(`price:${TICKERS[tick % TICKERS.length]}`, { message: () => {} }).release();
      time.pass(250);
      sums.push(heard.length);
    }
    const inTenSeconds = sums.slice(40).map((sum, i) => sum - (sums[i] ?? 0));
    expect(Math.max(...inTenSeconds)).toBeLessThanOrEqual(30);
    time.pass(30_000);
    const bytes = heard.flatMap((message) => (message.type === "ack" ? [message.bytes] : []));
    expect(bytes.length).toBeGreaterThan(90);
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
    const steps = bytes.slice(1).map((sum, i) => sum - (bytes[i] ?? 0));
    expect(Math.max(...steps)).toBeLessThan(262_144);
  });

  it("[LV14] leaves no timer, no socket and no delivery after its end", ({ expect }) => {
    const world = newWorld(11);
    const { market, time, live } = world;
    const mirror = mirrorOf(world);
    time.pass(5_000);
    live.close();
    market.moveSignals();
    time.pass(600_000);
    expect([market.server.connections, market.server.opened, mirror.places.length]).toEqual([0, 1, 0]);
  });
});
