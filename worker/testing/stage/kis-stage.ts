/** The adapter of KIS in front of its fake over a real connection, with the clock of both in the test's hand. */
import { makeKis, type Kis } from "../../adapters/kis/kis.ts";
import { KisLive, MOST_REGISTRATIONS, type SocketSurroundings } from "../../adapters/kis/socket/kis-live.ts";
import { openPlatformSocket } from "../../adapters/upstream/vendor-socket.ts";
import { countedCalls, makeDailyLimits } from "../../adapters/upstream/daily-limits.ts";
import { assert } from "../../core/assert.ts";
import { midnightOf, parseTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import { SimulatedExchange, type ExchangeOptions } from "../fakes/exchange/simulated-exchange.ts";
import { FakeKis } from "../fakes/kis/fake-kis.ts";
import { serveVendor, type VendorAnswer } from "../fakes/serve-vendor.ts";
import { VirtualClock } from "../fakes/virtual-clock.ts";
import { MemoryLog } from "../memory/memory-log.ts";
import { MemoryUpstreamStore } from "../memory/memory-upstream-store.ts";

export const APP_KEY = "PSfake0key0of0the0owner0000000000000";
export const APP_SECRET = "fakeSecret/of+the=owner0123456789abcdefghijklmnopqrstuvwxyz";

export interface KisStageOptions extends Partial<ExchangeOptions> {
  /** `2026-09-16T15:40:00`, the time in Seoul at which the stage begins. */
  readonly at?: string;
  /** After so many milliseconds of real time a silent vendor is given up. */
  readonly patienceMs?: number;
  readonly appKey?: string;
  readonly appSecret?: string;
}

export interface KisStage {
  readonly clock: VirtualClock;
  readonly exchange: SimulatedExchange;
  readonly fake: FakeKis;
  readonly store: MemoryUpstreamStore;
  readonly log: MemoryLog;
  readonly kis: Kis;
  /** After an eviction: what was stored stays. */
  reborn(): Kis;
  /** Its socket, born this moment. */
  live(slots?: number): KisLive;
  /** From now on some requests are answered otherwise; `null` leaves one to the fake. */
  tamper(answer: ((request: Request) => VendorAnswer | null | Promise<VendorAnswer | null>) | null): void;
  /** The most calls that were under way at once. */
  mostAtOnce(): number;
  counted(): Promise<number>;
  moveTo(time: string): void;
  end(): Promise<void>;
}

export function dayOf(text: string): TradingDay {
  const day = parseTradingDay(text);
  assert(day !== null, `${text} is a day`);
  return day;
}

/** `2026-09-16T15:40:00` in Seoul, in milliseconds since the epoch. */
export function seoul(text: string): number {
  const [date = "", time = ""] = text.split("T");
  const [hours = 0, minutes = 0, seconds = 0] = time.split(":").map(Number);
  return midnightOf(dayOf(date)) + ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}

const exchanges = new Map<string, SimulatedExchange>();

/** The same for the same options: an exchange does not change, and takes a tenth of a second to make. */
export function exchangeOf({ first, last, names, seed, decreed, drift }: ExchangeOptions): SimulatedExchange {
  const options = {
    first,
    last,
    names,
    seed,
    ...(decreed && { decreed }),
    ...(drift !== undefined && { drift }),
  };
  const key = JSON.stringify(options);
  const exchange = exchanges.get(key) ?? new SimulatedExchange(options);
  exchanges.set(key, exchange);
  return exchange;
}

/** The platform's own fetch, which counts how many calls are under way. */
class CountingSender {
  #running = 0;
  most = 0;

  async send(request: Request): Promise<Response> {
    this.#running += 1;
    this.most = Math.max(this.most, this.#running);
    try {
      return await fetch(request);
    } finally {
      this.#running -= 1;
    }
  }
}

/** Of the stages of the vendors. */
export const STAGED_EXCHANGE: ExchangeOptions = {
  first: dayOf("2026-08-03"),
  last: dayOf("2026-10-02"),
  names: 100,
  seed: 7,
};

export async function stageKis(options: KisStageOptions = {}): Promise<KisStage> {
  const { at = "2026-09-16T15:40:00", patienceMs, appKey = APP_KEY, appSecret = APP_SECRET } = options;
  const clock = new VirtualClock(seoul(at));
  const exchange = exchangeOf({ ...STAGED_EXCHANGE, ...options });
  const fake = new FakeKis({ exchange, clock, appKey: APP_KEY, appSecret: APP_SECRET });
  let tampered: Parameters<KisStage["tamper"]>[0] = null;
  const server = await serveVendor(
    async (request) => (await tampered?.(request.clone())) ?? fake.handle(request),
    0,
    (socket) => {
      fake.socket.accept(socket);
    },
  );
  const [store, log] = [new MemoryUpstreamStore(), new MemoryLog()];
  const sender = new CountingSender();
  const { wait } = clock;
  const access = { restBase: server.url, masterBase: `${server.url}/common/master`, appKey, appSecret };
  const surroundings = (): SocketSurroundings => ({
    fetch: (request) => sender.send(request),
    clock,
    wait,
    random: () => 0.5,
    log,
    store,
    ...(patienceMs !== undefined && { patienceMs }),
    limits: makeDailyLimits({ store, clock, wait, log }),
    openSocket: openPlatformSocket,
  });
  const reborn = (): Kis => makeKis(access, surroundings());
  return {
    clock,
    exchange,
    fake,
    store,
    log,
    kis: reborn(),
    reborn,
    live: (slots = MOST_REGISTRATIONS) =>
      new KisLive(access, { url: server.url.replace("http:", "ws:"), slots }, surroundings()),
    tamper: (answer) => {
      tampered = answer;
    },
    mostAtOnce: () => sender.most,
    counted: () => countedCalls("kis", store, clock),
    moveTo: (time) => {
      clock.moveTo(seoul(time));
    },
    end: () => server.end(),
  };
}
