/** What REST, a new socket, the feed and the objects of a real Worker show of the active exchange, held against each other. */
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { framed } from "../wire/world/framed.ts";

const ANSWER_MS = 3_000;
const STREAMS = ["signal:vcp", "market_gate"] as const;

const Health = v.object({
  exchange: v.string(),
  feed: v.object({ exchange: v.string() }),
  outbox: v.object({ waiting: v.number() }),
  exchange_switch: v.object({ disagreeing: v.array(v.unknown()) }),
});
const Signals = v.object({
  exchange: v.string(),
  next_cursor: v.nullable(v.string()),
  signals: v.array(v.object({ id: v.string(), score: v.number() })),
});
const Gate = v.object({ exchange: v.string(), as_of: v.string(), status: v.string() });

/** What a new socket learns: the exchange that greets it, those that its messages name, the list of signals and the gate. */
interface SocketView {
  readonly hello: string;
  readonly named: ReadonlySet<string>;
  readonly signals: string;
  readonly gate: string;
}

/** What differs; `""`: nothing, and every saved message is published. Rejects while the Worker does not answer. */
export async function differenceIn(url: string): Promise<string> {
  const health = v.parse(Health, await ask(url, "/api/health"));
  const { exchange, exchange_switch: recorded, feed, outbox } = health;
  const socket = await socketView(url);
  const signals = textOf(await listed(url, exchange));
  const gate = v.parse(Gate, await ask(url, "/api/kr/market-gate"));
  const others = [socket.hello, feed.exchange, gate.exchange, ...socket.named].filter(
    (one) => one !== exchange,
  );
  if (others.length > 0) {
    return `health is ${exchange}, others ${others.join()}`;
  }
  if (recorded.disagreeing.length > 0) {
    return JSON.stringify(recorded);
  }
  if (outbox.waiting > 0) {
    return `${outbox.waiting} messages wait`;
  }
  if (gateText(gate) !== socket.gate) {
    return `REST has the gate "${gateText(gate)}", the stream "${socket.gate}"`;
  }
  return signals === socket.signals ? "" : `REST has "${signals}", the stream "${socket.signals}"`;
}

/** Every page of the list; fails when one is of another exchange. */
async function listed(url: string, exchange: string): Promise<v.InferOutput<typeof Signals>["signals"]> {
  const signals: v.InferOutput<typeof Signals>["signals"] = [];
  let after: string | null = "";
  while (after !== null) {
    const cursor: string = after === "" ? "" : `&cursor=${encodeURIComponent(after)}`;
    const page = v.parse(Signals, await ask(url, `/api/kr/signals?limit=100${cursor}`));
    if (page.exchange !== exchange) {
      throw new Error(`The list is of ${page.exchange}, health of ${exchange}`);
    }
    signals.push(...page.signals);
    after = page.next_cursor;
  }
  return signals;
}

async function ask(url: string, path: string): Promise<unknown> {
  const response = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(ANSWER_MS) });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${path} answered ${response.status}: ${text}`);
  }
  return JSON.parse(text);
}

function textOf(signals: readonly { readonly id: string; readonly score: number }[]): string {
  return signals
    .map(({ id, score }) => `${id} ${score}`)
    .toSorted()
    .join("; ");
}

function gateText({ as_of: day, status }: { readonly as_of: string; readonly status: string }): string {
  return `${day} ${status}`;
}

async function socketView(url: string): Promise<SocketView> {
  const address = `${url.replace("http", "ws")}/ws?subscribe=${[...STREAMS, "feed"].join()}`;
  const socket = new WebSocket(address);
  try {
    return await readView(socket);
  } finally {
    socket.close();
  }
}

/** Resolves when the feed and both streams are answered, each with its state. */
async function readView(socket: WebSocket): Promise<SocketView> {
  let [hello, gate] = ["", ""];
  let signals: string | null = null;
  const named = new Set<string>();
  const answered = new Set<string>();
  const done = Promise.withResolvers<void>();
  socket.addEventListener("error", () => {
    done.reject(new Error("The socket failed"));
  });
  socket.addEventListener("message", ({ data }) => {
    for (const message of framed(String(data))) {
      if (message.type === "connected") {
        hello = message.exchange;
      } else if (message.type === "signal_update" && message.data.removed.length === 0) {
        signals = textOf(message.data.signals);
      } else if (message.type === "market_gate_update") {
        named.add(message.exchange);
        gate = gateText(message.data);
      } else if (message.type === "feed_update") {
        named.add(message.data.exchange);
        answered.add("feed");
      } else if (message.type === "subscribed") {
        answered.add(message.topic);
      }
    }
    if (answered.has("feed") && STREAMS.every((stream) => answered.has(stream)) && signals !== null) {
      done.resolve();
    }
  });
  const late = sleep(ANSWER_MS).then(() => {
    throw new Error("The socket was not answered");
  });
  await Promise.race([done.promise, late]);
  return { hello, named, signals: signals ?? "", gate };
}
