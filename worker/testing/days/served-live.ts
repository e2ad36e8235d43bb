/** A Worker on a port of this machine that takes a machine's live prices: the shipped routes and session, for `npm run collect -- --live`. */
import { tradingDayAt } from "../../core/calendar/trading-day.ts";
import { makeApp } from "../../http/app.ts";
import type { HttpPorts } from "../../http/request/ports.ts";
import { takeMachine } from "../../market/pushed/take-machine.ts";
import { serveVendor } from "../fakes/serve-vendor.ts";
import type { ServedSocket } from "../fakes/web-socket-server.ts";
import { makeMemoryPorts } from "../memory/memory-ports.ts";
import { giveConstantTime } from "../stage/give-constant-time.ts";
import type { PushedStage } from "./pushed-stage.ts";

const TICK_MS = 50;
/** The evening is due so long after the close. */
const EVENING_MS = 120_000;

export interface ServedLive {
  readonly url: string;
  /** Sockets of machines so far. */
  machines: number;
  /** Turns that asked what is wanted. */
  turns: number;
  /** The evening's prices have come. */
  hasEvening: boolean;
  /** Every socket of a machine breaks. */
  cut(): void;
  end(): Promise<void>;
}

/** A book that asks for the evening's prices after the close, once. */
function deliveriesOf(
  { kiwoom: { clock, exchange } }: PushedStage,
  counts: () => Pick<ServedLive, "turns" | "hasEvening">,
): HttpPorts["deliveries"] {
  const day = tradingDayAt(clock.now());
  const closesAt = exchange.hoursOf(day)?.closesAt ?? Number.POSITIVE_INFINITY;
  return {
    wantedDays: () => {
      const served = counts();
      served.turns += 1;
      const isEvening = !served.hasEvening && clock.now() >= closesAt + EVENING_MS;
      return Promise.resolve({
        now: clock.now(),
        askedHere: [],
        steps: isEvening ? [{ kind: "evening_snapshot", day }] : [],
        tickers: isEvening ? exchange.rows(day).map(({ listing }) => listing.ticker) : null,
        backfill: null,
      });
    },
    takeDay: () => {
      counts().hasEvening = true;
      return Promise.resolve({ kind: "evening_snapshot", day, status: "stored", text: "the closes" });
    },
  };
}

function attach({ pushed }: PushedStage, socket: ServedSocket, onEnd: () => void): void {
  const listener = pushed.attach({
    send: (text) => {
      socket.send(text);
    },
    close: (code) => {
      socket.close(code);
    },
  });
  socket.onText = (text) => {
    listener.onText(text);
  };
  socket.onEnd = () => {
    onEnd();
    listener.onEnd();
  };
}

/** A step of the session each second of the stage's clock, which goes on by itself; the index moves with it. */
export async function serveLive(stage: PushedStage): Promise<ServedLive> {
  giveConstantTime();
  const { clock, fake } = stage.kiwoom;
  const sockets = new Set<ServedSocket>();
  const app = makeApp({
    ...makeMemoryPorts({ clock }),
    clock,
    deliveries: deliveriesOf(stage, () => served),
    machine: (request) => Promise.resolve(takeMachine(request, stage.pushed, null)),
  });
  const server = await serveVendor(
    async (request) => app.fetch(request),
    0,
    (socket) => {
      served.machines += 1;
      sockets.add(socket);
      attach(stage, socket, () => sockets.delete(socket));
    },
  );
  let passed = 0;
  const ticking = setInterval(() => {
    clock.advance(TICK_MS);
    passed += TICK_MS;
    if (passed % 250 === 0) {
      const at = clock.now();
      const prices = { price: 2_510 + (passed % 9), base: 2_500, open: 2_500, high: 2_520, low: 2_500 };
      fake.socket.index({ code: "KOSPI", at, volume: Math.floor(at / 100), ...prices });
      void stage.driver.step();
    }
  }, TICK_MS);
  const served: ServedLive = {
    url: server.url,
    machines: 0,
    turns: 0,
    hasEvening: false,
    cut: () => {
      for (const socket of sockets) {
        socket.cut();
      }
    },
    end: async () => {
      clearInterval(ticking);
      await server.end();
    },
  };
  return served;
}
