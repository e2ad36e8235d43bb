/** The fakes of all vendors before one simulated exchange, each below a path of its own, with the variables that point at them. */
import type { Clock } from "../../app/ports/clock.ts";
import type { SimulatedExchange } from "./exchange/simulated-exchange.ts";
import { echoed } from "./echo.ts";
import { FakeKis } from "./kis/fake-kis.ts";
import { FakeKiwoom } from "./kiwoom/fake-kiwoom.ts";
import { FakeKrx } from "./krx/fake-krx.ts";
import type { VendorAnswer } from "./serve-vendor.ts";

/** No secrets: they open the fakes alone. */
const FAKE_KEYS = {
  KRX_AUTH_KEY: "fake-krx-key",
  KIS_APP_KEY: "fake-kis-key",
  KIS_APP_SECRET: "fake-kis-secret",
  KIWOOM_APP_KEY: "fake-kiwoom-key",
  KIWOOM_SECRET_KEY: "fake-kiwoom-secret",
} as const;

export interface MarketVendors {
  readonly krx: FakeKrx;
  readonly kis: FakeKis;
  readonly kiwoom: FakeKiwoom;
  /** FK12: refusals repeat what proves the caller. */
  readonly tricks: { echo: boolean };
  /** `null` for a path of no vendor. */
  handle(request: Request): VendorAnswer | Promise<VendorAnswer> | null;
  /** Names and values of the Worker's variables and secrets, when the fakes stand at this address. */
  varsAt(url: string): Readonly<Record<string, string>>;
}

/** A request with its path cut behind the name of the vendor. */
function below(request: Request, prefix: string): Request {
  const url = new URL(request.url);
  url.pathname = url.pathname.slice(prefix.length);
  return new Request(url, request);
}

export function makeVendors(exchange: SimulatedExchange, clock: Clock): MarketVendors {
  const krx = new FakeKrx({ exchange, clock, key: FAKE_KEYS.KRX_AUTH_KEY });
  const kis = new FakeKis({
    exchange,
    clock,
    appKey: FAKE_KEYS.KIS_APP_KEY,
    appSecret: FAKE_KEYS.KIS_APP_SECRET,
  });
  const kiwoom = new FakeKiwoom({
    exchange,
    clock,
    appKey: FAKE_KEYS.KIWOOM_APP_KEY,
    secretKey: FAKE_KEYS.KIWOOM_SECRET_KEY,
  });
  const tricks = { echo: false };
  const answerOf = (request: Request): VendorAnswer | Promise<VendorAnswer> | null => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/krx/")) {
      return krx.handle(below(request, "/krx"));
    }
    if (pathname.startsWith("/kiwoom/")) {
      return kiwoom.handle(below(request, "/kiwoom"));
    }
    return pathname.startsWith("/kis/") ? kis.handle(below(request, "/kis")) : null;
  };
  return {
    krx,
    kis,
    kiwoom,
    tricks,
    handle: (request) => {
      const copy = tricks.echo ? request.clone() : null;
      const answer = answerOf(request);
      return copy === null || answer === null
        ? answer
        : Promise.resolve(answer).then(async (own) => echoed(own, copy));
    },
    varsAt: (url) => ({
      KRX_BASE: `${url}/krx`,
      KIS_REST_BASE: `${url}/kis`,
      KIS_MASTER_BASE: `${url}/kis`,
      KIS_WS_URL: `${url.replace("http:", "ws:")}/kis`,
      KIWOOM_REST_BASE: `${url}/kiwoom`,
      KIWOOM_WS_URL: `${url.replace("http:", "ws:")}/kiwoom`,
      ...FAKE_KEYS,
    }),
  };
}
