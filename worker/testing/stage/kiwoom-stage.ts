/** The adapter of Kiwoom in front of its fake over a real connection, with the clock of both in the test's hand. */
import { type Kiwoom, makeKiwoom } from "../../adapters/kiwoom/kiwoom.ts";
import { MOST_NAMES } from "../../adapters/kiwoom/socket/kiwoom-live.ts";
import { openPlatformSocket } from "../../adapters/upstream/vendor-socket.ts";
import { countedCalls, makeDailyLimits } from "../../adapters/upstream/daily-limits.ts";
import type { LiveUpstream } from "../../app/ports/live-upstream.ts";
import type { ExchangeOptions, SimulatedExchange } from "../fakes/exchange/simulated-exchange.ts";
import { FakeKiwoom } from "../fakes/kiwoom/fake-kiwoom.ts";
import { serveVendor, type VendorAnswer } from "../fakes/serve-vendor.ts";
import { VirtualClock } from "../fakes/virtual-clock.ts";
import { MemoryLog } from "../memory/memory-log.ts";
import { MemoryUpstreamStore } from "../memory/memory-upstream-store.ts";
import { exchangeOf, seoul, STAGED_EXCHANGE } from "./kis-stage.ts";

export const KIWOOM_APP_KEY = "fake0app0key0of0the0owner00000000";
export const KIWOOM_SECRET_KEY = "fake0secret0key0of0the0owner0000";

export interface KiwoomStageOptions extends Partial<ExchangeOptions> {
  /** `2026-09-16T15:40:00`, the time in Seoul at which the stage begins. */
  readonly at?: string;
  readonly appKey?: string;
}

export interface KiwoomStage {
  /** Where the vendor is. */
  readonly url: string;
  readonly clock: VirtualClock;
  readonly exchange: SimulatedExchange;
  readonly fake: FakeKiwoom;
  readonly store: MemoryUpstreamStore;
  readonly log: MemoryLog;
  readonly kiwoom: Kiwoom;
  /** After an eviction: what was stored stays. */
  reborn(): Kiwoom;
  /** Its socket, born this moment. */
  live(slots?: number): LiveUpstream;
  /** From now on some requests are answered otherwise; `null` leaves one to the fake. */
  tamper(answer: ((request: Request) => VendorAnswer | null | Promise<VendorAnswer | null>) | null): void;
  counted(): Promise<number>;
  moveTo(time: string): void;
  end(): Promise<void>;
}

export async function stageKiwoom(options: KiwoomStageOptions = {}): Promise<KiwoomStage> {
  const { at = "2026-09-16T15:40:00", appKey = KIWOOM_APP_KEY } = options;
  const clock = new VirtualClock(seoul(at));
  const exchange = exchangeOf({ ...STAGED_EXCHANGE, ...options });
  const fake = new FakeKiwoom({ exchange, clock, appKey: KIWOOM_APP_KEY, secretKey: KIWOOM_SECRET_KEY });
  let tampered: Parameters<KiwoomStage["tamper"]>[0] = null;
  const server = await serveVendor(
    async (request) => (await tampered?.(request.clone())) ?? fake.handle(request),
    0,
    (socket) => {
      fake.socket.accept(socket);
    },
  );
  const [store, log] = [new MemoryUpstreamStore(), new MemoryLog()];
  const { wait } = clock;
  const reborn = (): Kiwoom =>
    makeKiwoom(
      { restBase: server.url, appKey, secretKey: KIWOOM_SECRET_KEY },
      {
        fetch: (request) => fetch(request),
        clock,
        wait,
        random: () => 0.5,
        log,
        store,
        limits: makeDailyLimits({ store, clock, wait, log }),
      },
    );
  return {
    url: server.url,
    clock,
    exchange,
    fake,
    store,
    log,
    kiwoom: reborn(),
    reborn,
    live: (slots = MOST_NAMES) =>
      reborn().live({ url: server.url.replace("http:", "ws:"), slots }, openPlatformSocket),
    tamper: (answer) => {
      tampered = answer;
    },
    counted: () => countedCalls("kiwoom", store, clock),
    moveTo: (time) => {
      clock.moveTo(seoul(time));
    },
    end: () => server.end(),
  };
}
