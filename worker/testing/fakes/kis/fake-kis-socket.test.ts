import { afterEach, beforeEach, describe, it } from "vitest";
import { assert } from "../../../core/assert.ts";
import { serveVendor, type ServedVendor } from "../serve-vendor.ts";
import { midnightOf } from "../../../core/calendar/trading-day.ts";
import { dayOf } from "../../builders/signal-builder.ts";
import { SimulatedExchange } from "../exchange/simulated-exchange.ts";
import { playSecond } from "./play-second.ts";
import { VirtualClock } from "../virtual-clock.ts";
import { FakeKisSocket } from "./fake-kis-socket.ts";
import { eventually } from "../../eventually.ts";

const KEY = "an approval";
const TRADE = { ticker: "005930", at: 0, price: 100, base: 99, open: 99, high: 101, low: 98, volume: 5 };

/** A client that keeps what it receives, as any program could. */
class Client {
  readonly texts: string[] = [];
  readonly #socket: WebSocket;
  readonly opened: Promise<unknown>;
  code: number | null = null;

  constructor(url: string) {
    this.#socket = new WebSocket(url);
    this.opened = new Promise((resolve) => {
      this.#socket.addEventListener("open", resolve);
    });
    this.#socket.addEventListener("message", ({ data }) => this.texts.push(String(data)));
    this.#socket.addEventListener("close", ({ code }) => {
      this.code = code;
    });
  }

  send(text: string): void {
    this.#socket.send(text);
  }

  register(key: string, type = "1", approval = KEY): void {
    const header = { approval_key: approval, custtype: "P", tr_type: type, "content-type": "utf-8" };
    this.send(JSON.stringify({ header, body: { input: { tr_id: "H0STCNT0", tr_key: key } } }));
  }

  close(): void {
    this.#socket.close();
  }

  codes(): readonly string[] {
    return this.texts.flatMap((text) => /"msg_cd":"(\w+)"/.exec(text)?.[1] ?? []);
  }
}

describe("the socket of the fake", () => {
  const clock = new VirtualClock(1_000_000);
  let fake: FakeKisSocket;
  let server: ServedVendor;
  beforeEach(async () => {
    fake = new FakeKisSocket(clock);
    fake.approve(KEY);
    server = await serveVendor(
      () => new Response(""),
      0,
      (socket) => {
        fake.accept(socket);
      },
    );
  });
  afterEach(() => server.end());

  const client = async (): Promise<Client> => {
    const one = new Client(`${server.url.replace("http:", "ws:")}/tryitout`);
    await one.opened;
    return one;
  };

  it("[FK13] grants 41 registrations, knows what it has, and takes no key that it did not issue", async ({
    expect,
  }) => {
    const one = await client();
    for (let n = 0; n < 42; n++) {
      one.register(String(100_000 + n));
    }
    one.register("100000");
    one.register("100000", "2");
    one.register("100000", "2");
    one.register("200000");
    await eventually(() => {
      expect(one.codes()).toHaveLength(46);
    });
    expect(one.codes().slice(40)).toEqual([
      "OPSP0000",
      "OPSP0008",
      "OPSP0002",
      "OPSP0001",
      "OPSP0003",
      "OPSP0000",
    ]);
    expect([fake.mostRegistered, fake.registered().length]).toEqual([41, 41]);
    one.close();
    const other = await client();
    other.register("100000", "1", "another approval");
    await eventually(() => {
      expect(other.codes()).toEqual(["OPSP0011"]);
    });
    other.close();
  });

  it("[FK13] grants one session a key, also for some time after its end", async ({ expect }) => {
    fake.traps.lingerMs = 5_000;
    const one = await client();
    one.register("005930");
    await eventually(() => {
      expect(one.codes()).toEqual(["OPSP0000"]);
    });
    const second = await client();
    second.register("005930");
    await eventually(() => {
      expect([second.codes(), second.code]).toEqual([["OPSP8996"], 1_000]);
    });
    one.close();
    await eventually(() => {
      expect(fake.registered()).toEqual([]);
    });
    const third = await client();
    third.register("005930");
    await eventually(() => {
      expect(third.codes()).toEqual(["OPSP8996"]);
    });
    clock.advance(5_000);
    const fourth = await client();
    fourth.register("005930");
    await eventually(() => {
      expect(fourth.codes()).toEqual(["OPSP0000"]);
    });
    fourth.close();
  });

  it("[FK13] ends a session that does not send its heartbeats back, sends records as set, and dies without a word", async ({
    expect,
  }) => {
    const one = await client();
    one.register("005930");
    await eventually(() => {
      expect(one.codes()).toEqual(["OPSP0000"]);
    });
    fake.traps.width = 48;
    fake.traps.perFrame = 2;
    expect(fake.trade([TRADE, { ...TRADE, ticker: "000660" }, TRADE, TRADE])).toBe(3);
    await eventually(() => {
      expect(one.texts).toHaveLength(3);
    });
    const frames = one.texts.slice(1).map((text) => text.split("|"));
    expect(frames.map(([flag, kind, count]) => [flag, kind, count])).toEqual([
      ["0", "H0STCNT0", "002"],
      ["0", "H0STCNT0", "001"],
    ]);
    expect(frames[0]?.[3]?.split("^")).toHaveLength(96);

    fake.traps.silent = true;
    fake.heartbeat();
    expect(fake.trade([TRADE])).toBe(1);
    fake.traps.silent = false;
    fake.heartbeat();
    await eventually(() => {
      expect(one.texts).toHaveLength(4);
    });
    const beat = one.texts.at(-1);
    assert(beat !== undefined, "A heartbeat has come");
    one.send(beat);
    await eventually(() => {
      expect(fake.heartbeatsReturned).toBe(1);
    });
    for (let n = 0; n < 3; n++) {
      fake.heartbeat();
    }
    await eventually(() => {
      expect(one.code).toBe(1_000);
    });
  });

  it("[FK14] brings each second what the quotes show, marked by the phase that it is of", async ({
    expect,
  }) => {
    const exchange = new SimulatedExchange({
      first: dayOf("2026-09-01"),
      last: dayOf("2026-09-30"),
      names: 30,
      seed: 1,
    });
    const day = dayOf("2026-09-16");
    const row = exchange.rows(day).find(({ volume }) => volume > 0);
    assert(row !== undefined, "A share is traded");
    const one = await client();
    one.register(row.listing.ticker);
    await eventually(() => {
      expect(one.codes()).toEqual(["OPSP0000"]);
    });
    const at = (hours: number, minutes: number): number => midnightOf(day) + (hours * 60 + minutes) * 60_000;
    for (const now of [at(8, 59), at(10, 0), at(15, 25), at(15, 35), at(17, 0)]) {
      playSecond(fake, exchange, now);
    }
    await eventually(() => {
      expect(one.texts).toHaveLength(5);
    });
    const records = one.texts.slice(1).map((text) => text.split("|")[3]?.split("^") ?? []);
    expect(records.map((fields) => [fields[1], fields[43], fields[46]])).toEqual([
      ["100000", "0", "2"],
      ["152500", "B", "2"],
      ["153500", "0", "2"],
      ["170000", "0", "3"],
    ]);
    expect(records[2]?.[2]).toBe(String(row.close));
    one.close();
  });
});
