/** A book that asks no vendor behind its routes on a port of this machine, for `npm run collect`. */
import type { SourceId } from "../../app/ports/market-sources.ts";
import { makeApp } from "../../http/app.ts";
import { serveVendor } from "../fakes/serve-vendor.ts";
import { makeMemoryPorts } from "../memory/memory-ports.ts";
import { giveConstantTime } from "../stage/give-constant-time.ts";
import type { MarketWorld } from "./market-world.ts";

const TICK_MS = 50;

export interface ServedWorld {
  readonly url: string;
  /** Bodies of the deliveries, as they came. */
  readonly bodies: string[];
  /** After each delivery that was answered. */
  onDelivered: () => void;
  /** Vendors that the Worker states to ask itself. */
  askedHere: readonly SourceId[];
  end(): Promise<void>;
}

/** The clock of the world goes on as that of this machine does. */
export async function serveWorld(world: MarketWorld): Promise<ServedWorld> {
  giveConstantTime();
  const { clock } = world.stage;
  const ticking = setInterval(() => {
    clock.advance(TICK_MS);
  }, TICK_MS);
  const bodies: string[] = [];
  const app = makeApp({
    ...makeMemoryPorts({ clock }),
    clock,
    deliveries: {
      wantedDays: async (...asked) => ({
        ...(await world.book.wantedDays(...asked)),
        askedHere: served.askedHere,
      }),
      takeDay: async (bytes, sessions) => {
        bodies.push(new TextDecoder().decode(bytes));
        const taken = await world.book.takeDay(bytes, sessions);
        served.onDelivered();
        return taken;
      },
    },
  });
  const server = await serveVendor(async (request) => app.fetch(request));
  const served: ServedWorld = {
    url: server.url,
    bodies,
    onDelivered: () => undefined,
    askedHere: [],
    end: async () => {
      clearInterval(ticking);
      await server.end();
    },
  };
  return served;
}
