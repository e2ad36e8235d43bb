/** The fakes of all vendors on one port of this machine. */
import type { Clock } from "../../app/ports/clock.ts";
import type { SimulatedExchange } from "./exchange/simulated-exchange.ts";
import { makeVendors, type MarketVendors } from "./market-vendors.ts";
import { serveVendor, type VendorAnswer } from "./serve-vendor.ts";

export interface ServedMarket extends Pick<MarketVendors, "krx" | "kis" | "kiwoom" | "tricks"> {
  /** Names and values of the Worker's variables and secrets. */
  readonly vars: Readonly<Record<string, string>>;
  end(): Promise<void>;
}

/** `port` 0 takes a free one; `control` answers what is of no vendor. */
export async function serveMarket(
  exchange: SimulatedExchange,
  clock: Clock,
  port = 0,
  control: (request: Request) => VendorAnswer | Promise<VendorAnswer> = () =>
    new Response("Not Found", { status: 404 }),
): Promise<ServedMarket> {
  const vendors = makeVendors(exchange, clock);
  const served = await serveVendor(
    (request) => vendors.handle(request) ?? control(request),
    port,
    (socket, path) => {
      vendors[path.startsWith("/kiwoom/") ? "kiwoom" : "kis"].socket.accept(socket);
    },
  );
  const { krx, kis, kiwoom, tricks } = vendors;
  return { krx, kis, kiwoom, tricks, vars: vendors.varsAt(served.url), end: () => served.end() };
}
