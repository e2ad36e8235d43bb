/**
 * `npm run fakes -- [--port P] [--date D] [--names N]`: the vendors of the real market without their networks, for use by hand.
 * Without a date the exchange moves with the clock of this machine; with one it stands at 08:10 of that day in Seoul, and
 * `POST /clock?to=2026-09-14T15:40` moves it. `POST /traps?krx.silent=on` sets a trap; `GET /traps` lists them.
 */
import { parseArgs } from "node:util";
import { assert } from "../../core/assert.ts";
import {
  formatTradingDay,
  KST_OFFSET_MS,
  midnightOf,
  parseTradingDay,
  tradingDayAt,
  tradingDayOf,
} from "../../core/calendar/trading-day.ts";
import { SimulatedExchange } from "./exchange/simulated-exchange.ts";
import { playSecond } from "./kis/play-second.ts";
import { playKiwoomSecond } from "./kiwoom/play-kiwoom-second.ts";
import { serveMarket } from "./served-market.ts";
import { listTraps, setTrap } from "./set-trap.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** About 400 sessions and some weeks for what a vendor knows ahead. */
const DAYS_BEFORE = 600;
const DAYS_AFTER = 40;
const MORNING_MS = (8 * 60 + 10) * 60_000;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "8799" },
    date: { type: "string" },
    names: { type: "string", default: "2700" },
  },
});

const port = Number(values.port);
assert(Number.isInteger(port) && port >= 0 && port < 65_536, `--port ${values.port} is no port`);
const names = Number(values.names);
assert(Number.isInteger(names) && names >= 30 && names <= 2_700, `--names ${values.names} is not 30 to 2700`);
const standing = values.date === undefined ? null : parseTradingDay(values.date);
assert(
  values.date === undefined || standing !== null,
  `--date ${values.date} is not a day, as 2026-09-14 is`,
);

const still = standing === null ? null : new VirtualClock(midnightOf(standing) + MORNING_MS);
const clock = still ?? { now: () => Date.now() };
const today = tradingDayAt(clock.now());
const exchange = new SimulatedExchange({
  first: tradingDayOf(today - DAYS_BEFORE),
  last: tradingDayOf(today + DAYS_AFTER),
  names,
  seed: 1,
});

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const stamp = (): string => new Date(clock.now() + KST_OFFSET_MS).toISOString().slice(0, 19);

function counts(): Response {
  return Response.json({
    now: stamp(),
    krx: Object.fromEntries(market.krx.calls),
    most_of_one_date: market.krx.mostOfOneDate,
    kis: Object.fromEntries(market.kis.calls),
    tokens: market.kis.tokens.messages,
    kiwoom: Object.fromEntries(market.kiwoom.calls),
    registered: market.kis.socket.registered(),
    registered_at_kiwoom: market.kiwoom.socket.registered(),
  });
}

const HELP =
  "GET /counts, GET /traps, POST /traps?NAME=VALUE; with --date also POST /clock?to=2026-09-14T15:40\n";

function moveClock(to: string): Response {
  const at = Date.parse(`${to}+09:00`);
  if (still === null || Number.isNaN(at)) {
    return new Response(HELP, { status: 400 });
  }
  still.moveTo(at);
  return new Response(`${stamp()}\n`);
}

function switchTraps(query: URLSearchParams): Response {
  const wrong = [...query].filter(([name, value]) => !setTrap(market, name, value));
  return wrong.length === 0
    ? Response.json(listTraps(market))
    : new Response(`There is no ${wrong.map((one) => one.join("=")).join(", ")}; see GET /traps\n`, {
        status: 400,
      });
}

const market = await serveMarket(exchange, clock, port, (request) => {
  const url = new URL(request.url);
  switch (`${request.method} ${url.pathname}`) {
    case "GET /counts": {
      return counts();
    }
    case "GET /traps": {
      return Response.json(listTraps(market));
    }
    case "POST /traps": {
      return switchTraps(url.searchParams);
    }
    case "POST /clock": {
      return moveClock(url.searchParams.get("to") ?? "");
    }
    default: {
      return new Response(HELP, { status: 404 });
    }
  }
});

print(
  `Simulated exchange of ${names} names, ${exchange.sessions.length} sessions from ${formatTradingDay(exchange.options.first)}.`,
);
print(`It is ${stamp()} in Seoul${still === null ? "" : ", and stays so until POST /clock?to=..."}.`);
print("None of its companies, prices or keys is real. Variables for .dev.vars:");
for (const [name, value] of Object.entries(market.vars)) {
  print(`${name}=${value}`);
}
print(
  "Requests by vendor: GET /counts, and here at the end (Ctrl+C). Traps: GET /traps, POST /traps?NAME=VALUE.",
);

const SECOND_MS = 1_000;
const BEATS_EVERY = 30;
let seconds = 0;
const playing = setInterval(() => {
  seconds += 1;
  playSecond(market.kis.socket, exchange, clock.now());
  playKiwoomSecond(market.kiwoom.socket, exchange, clock.now());
  if (seconds % BEATS_EVERY === 0) {
    market.kis.socket.heartbeat();
    market.kiwoom.socket.heartbeat();
  }
}, SECOND_MS);

async function leave(): Promise<void> {
  clearInterval(playing);
  for (const [vendor, calls] of [
    ["krx", market.krx.calls],
    ["kis", market.kis.calls],
    ["kiwoom", market.kiwoom.calls],
  ] as const) {
    print(
      `${vendor} ${[...calls].map(([service, count]) => `${service} ${count}`).join(", ") || "no request"}`,
    );
  }
  await market.end();
}
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void leave());
}
