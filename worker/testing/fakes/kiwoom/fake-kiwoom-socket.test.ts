import { describe, it } from "vitest";
import { dayOf } from "../../builders/signal-builder.ts";
import { SimulatedExchange } from "../exchange/simulated-exchange.ts";
import type { SocketEnd } from "../web-socket-server.ts";
import { FakeKiwoomSocket } from "./fake-kiwoom-socket.ts";
import { playKiwoomSecond } from "./play-kiwoom-second.ts";

const NOW = Date.parse("2026-09-16T09:30:00+09:00");

class Client implements SocketEnd {
  onText: (text: string) => void = () => {};
  onEnd: () => void = () => {};
  readonly got: string[] = [];
  isOpen = true;

  constructor(fake: FakeKiwoomSocket) {
    fake.accept(this);
  }

  send(text: string): void {
    this.got.push(text);
  }

  close(): void {
    this.cut();
  }

  cut(): void {
    this.isOpen = false;
    this.onEnd();
  }

  do(message: unknown): string {
    this.onText(typeof message === "string" ? message : JSON.stringify(message));
    return this.got.at(-1) ?? "";
  }

  logIn(): this {
    this.do({ trnm: "LOGIN", token: "good" });
    return this;
  }

  register(items: readonly string[], type = "0B", group = "1"): string {
    return this.do({ trnm: "REG", grp_no: group, refresh: "1", data: [{ item: items, type: [type] }] });
  }
}

const make = (): FakeKiwoomSocket => new FakeKiwoomSocket({ now: () => NOW }, (token) => token === "good");
const codes = (count: number, from = 0): readonly string[] =>
  Array.from({ length: count }, (_, n) => String(100_000 + from + n));

describe("the fake of the socket of Kiwoom", () => {
  it("[KW21] ends a connection that sends anything before its login, or sends a notice back", ({
    expect,
  }) => {
    const fake = make();
    const [early, wrong] = [new Client(fake), new Client(fake)];
    expect(early.register(["005930"])).toContain("R10004");
    expect(wrong.do({ trnm: "LOGIN", token: "bad" })).toContain("CODE=8005");
    const echo = new Client(fake).logIn();
    echo.do('{"trnm":"SYSTEM","code":"R10009","message":"x"}');
    expect([early.isOpen, wrong.isOpen, echo.isOpen]).toEqual([false, false, false]);
  });

  it("[KW21] grants a hundred names a group, and refuses as a whole what has one too many or one it does not know", ({
    expect,
  }) => {
    const fake = make();
    fake.traps.unknown = "999999";
    const client = new Client(fake).logIn();
    expect(client.register(codes(100))).toContain('"return_code":0');
    expect(client.register(codes(1, 100))).toContain('"return_code":1');
    expect(client.register(["001", "999999"], "0J", "2")).toContain('"return_code":2');
    expect(client.register(["001", "101"], "0J", "2")).toContain('"return_code":0');
    client.do({ trnm: "REMOVE", grp_no: "1", data: [{ item: codes(60), type: ["0B"] }] });
    expect([fake.registered().length, fake.mostRegistered]).toEqual([42, 102]);
  });

  it("[KW21] sends heartbeats in two forms, and ends a session that answered none of five", ({ expect }) => {
    const fake = make();
    const client = new Client(fake).logIn();
    fake.heartbeat();
    client.do(client.got.at(-1) ?? "");
    fake.heartbeat();
    client.do(client.got.at(-1) ?? "");
    expect(client.got.slice(-2)).toEqual(['{"trnm":"PING"}', "PING"]);
    for (let n = 0; n < 6; n++) {
      fake.heartbeat();
    }
    expect([client.isOpen, client.got.at(-1)?.includes("R10002")]).toEqual([false, true]);
  });

  it("[KW21] a second login ends the first session, with a notice", ({ expect }) => {
    const fake = make();
    const first = new Client(fake).logIn();
    const second = new Client(fake).logIn();
    expect([first.isOpen, first.got.at(-1)?.includes("R10001"), second.isOpen]).toEqual([false, true, true]);
    second.register(["005930"]);
    const trade = {
      ticker: "005930",
      at: NOW,
      price: 900,
      base: 1_000,
      open: 990,
      high: 1_010,
      low: 890,
      volume: 7,
    };
    expect(fake.trade([trade, { ...trade, ticker: "000660" }])).toBe(1);
    expect(second.got.at(-1)).toContain('"10":"-900"');
    expect(second.got.at(-1)).toContain('"17":"+1010"');
  });

  it("[KW21] played by hand it brings the registered names a second, and nothing of an auction", ({
    expect,
  }) => {
    const days = { first: dayOf("2026-08-31"), last: dayOf("2026-10-02") };
    const exchange = new SimulatedExchange({ ...days, names: 30, seed: 1 });
    const fake = make();
    const client = new Client(fake).logIn();
    const [share = ""] = exchange
      .rows(dayOf("2026-09-16"))
      .flatMap(({ volume, listing }) => (volume > 0 ? [listing.ticker] : []));
    client.register([share]);
    client.register(["001"], "0J", "2");
    const played = (time: string): number => {
      const before = client.got.length;
      playKiwoomSecond(fake, exchange, Date.parse(`2026-09-16T${time}+09:00`));
      return client.got.length - before;
    };
    expect(["08:59:00", "10:00:00", "15:25:00", "18:00:00"].map(played)).toEqual([0, 2, 1, 1]);
    expect(client.got.at(-1)).toContain('"290":"3"');
  });
});
