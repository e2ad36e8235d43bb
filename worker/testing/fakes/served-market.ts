/** The fakes of all vendors before one simulated exchange, each on a path of one port, with the variables that point at them. */
import type { Clock } from "../../app/ports/clock.ts";
import type { SimulatedExchange } from "./exchange/simulated-exchange.ts";
import { FakeKis } from "./kis/fake-kis.ts";
import { FakeKrx } from "./krx/fake-krx.ts";
import { serveVendor, type VendorAnswer } from "./serve-vendor.ts";

/** No secrets: they open the fakes alone. */
const FAKE_KEYS = {
  KRX_AUTH_KEY: "fake-krx-key",
  KIS_APP_KEY: "fake-kis-key",
  KIS_APP_SECRET: "fake-kis-secret",
} as const;

export interface ServedMarket {
  readonly krx: FakeKrx;
  readonly kis: FakeKis;
  /** Names and values of the Worker's variables and secrets. */
  readonly vars: Readonly<Record<string, string>>;
  end(): Promise<void>;
}

/** A request with its path cut behind the name of the vendor. */
function below(request: Request, prefix: string): Request {
  const url = new URL(request.url);
  url.pathname = url.pathname.slice(prefix.length);
  return new Request(url, request);
}

/** `port` 0 takes a free one. */
export async function serveMarket(
  exchange: SimulatedExchange,
  clock: Clock,
  port = 0,
  control: (request: Request) => VendorAnswer | Promise<VendorAnswer> = () =>
    new Response("Not Found", { status: 404 }),
): Promise<ServedMarket> {
  const krx = new FakeKrx({ exchange, clock, key: FAKE_KEYS.KRX_AUTH_KEY });
  const kis = new FakeKis({
    exchange,
    clock,
    appKey: FAKE_KEYS.KIS_APP_KEY,
    appSecret: FAKE_KEYS.KIS_APP_SECRET,
  });
  const served = await serveVendor((request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/krx/")) {
      return krx.handle(below(request, "/krx"));
    }
    return pathname.startsWith("/kis/") ? kis.handle(below(request, "/kis")) : control(request);
  }, port);
  return {
    krx,
    kis,
    vars: {
      KRX_BASE: `${served.url}/krx`,
      KIS_REST_BASE: `${served.url}/kis`,
      KIS_MASTER_BASE: `${served.url}/kis`,
      ...FAKE_KEYS,
    },
    end: () => served.end(),
  };
}
