/**
 * `npm run bench:alerts`: from the moment at which the book saved the move of a signal to the message at the receiver of a webhook, in the
 * shipped Worker in a session before the fake of KIS that sends 200 prices a second. Exit code 1 where a message is missing or p95 exceeds
 * two seconds. Beside it: the second for which a message gathers, and the same bytes posted to the same receiver by Node.
 */
import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { readArgs, readCount } from "../cli/terminal/command-args.ts";
import { CommandError, runCommand } from "../cli/terminal/command-error.ts";
import { assert } from "../core/assert.ts";
import { type AlertEventRow, AlertEventsBody } from "../protocol/rest/alert-events.ts";
import { makeRandom } from "../testing/chance/random.ts";
import { WEBHOOK_SECRET } from "../testing/fakes/alerts/samples.ts";
import { WebhookReceiver } from "../testing/fakes/alerts/webhook-receiver.ts";
import { serveVendor } from "../testing/fakes/serve-vendor.ts";
import type { LiveShare, LiveSubject } from "../testing/live-kills/live-subject.ts";
import { machineLine } from "../testing/load/process-figures.ts";
import { quantile } from "../testing/load/quantile.ts";
import { keepRate } from "../testing/load/rate.ts";
import { waitUntil } from "../testing/stage/wait-until.ts";
import { openLiveStage } from "./live-stage.ts";

const USAGE = "npm run bench:alerts -- [--prices 200] [--gap 1500]";
const OPTIONS = {
  prices: { type: "string", default: "200" },
  gap: { type: "string", default: "1500" },
} as const;
/** Of shares: a rule has five messages a minute, and each move is to be a message of its own. With {@link ASKED} below the owner's 20 rules. */
const GROUPS = 6;
/** Rules of each group: a rule has one step, and what comes in two of the moves' rounds has a minute between them. */
const ASKED = [
  { within: 3, kinds: ["near", "touched", "confirmed", "squat", "extended"] },
  { within: 2, kinds: ["near", "failed"] },
  { within: 1, kinds: ["near"] },
];
/** Of the trigger; each is nearer than the one before, the last touches it. */
const STEPS = [0.975, 0.983, 0.993, 1.002];
const LEAST_EVENTS = 60;
const LIMIT_MS = 2_000;
const GATHER_MS = 1_000;
const SETTLE_MS = 3_000;
const POSTS = 100;
/** After the last move: a message that waits for the rule's minute comes in it. */
const REST_MS = 65_000;

const Text = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ events: v.array(v.object({ id: v.string(), at: v.number() })) }),
);

/** A message as it came; `at` by the clock of book and vendor. */
interface Arrival {
  readonly at: number;
  readonly body: string;
}

interface Receiver {
  readonly url: string;
  readonly arrivals: Arrival[];
  /** Is set when the book's clock is known. */
  now: () => number;
  readonly end: () => Promise<void>;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function serveReceiver(): Promise<Receiver> {
  const arrivals: Arrival[] = [];
  const webhook = new WebhookReceiver({ secret: WEBHOOK_SECRET, form: "raw", now: () => receiver.now() });
  const served = await serveVendor(async (request) => {
    const at = receiver.now();
    const body = await request.clone().text();
    const answer = await webhook.handle(request);
    if (answer instanceof Response && answer.ok) {
      arrivals.push({ at, body });
    }
    return answer;
  });
  const end = async (): Promise<void> => served.end();
  const receiver: Receiver = { url: `${served.url}/hooks/1`, arrivals, now: Date.now, end };
  return receiver;
}

async function put({ days }: LiveSubject, path: string, body: object): Promise<void> {
  const bytes = new Uint8Array(Buffer.from(JSON.stringify(body)));
  await days.client.send("PUT", `/api/alerts/${path}`, { type: "application/json", bytes });
}

/** The shares among the rules, so that two moves of one rule are far apart. */
async function makeRules(subject: LiveSubject, url: string): Promise<void> {
  const channel = { kind: "webhook", name: "bench", url, template: "raw", secret: WEBHOOK_SECRET };
  await put(subject, "channels/bench", channel);
  const shares = subject.shares.toSorted((a, b) => Number(b.isWaiting) - Number(a.isWaiting));
  for (let group = 0; group < GROUPS; group++) {
    const tickers = shares.flatMap(({ ticker }, i) => (i % GROUPS === group ? [ticker] : []));
    for (const { within, kinds } of ASKED) {
      const scope = { kind: "tickers", from: "starred", tickers };
      const rest = { cooldown: 0, quiet: null, digest: false, only_open: false, language: "ko" };
      const rule = { name: `near ${within}`, on: true, kinds, within, scope, ...rest, channels: ["bench"] };
      await put(subject, `rules/g${group}-${within}`, rule);
    }
  }
}

/** Whether a rule asks for it. */
function isAsked(event: Pick<AlertEventRow, "kind" | "within">): boolean {
  return ASKED.some(
    ({ kinds, within }) => kinds.includes(event.kind) && (event.kind !== "near" || event.within === within),
  );
}

/** Each share that waits comes nearer to its trigger until it touches it; then all, those that touched it before with them, break their stop. */
function movesOf(shares: readonly LiveShare[]): readonly (readonly [ticker: string, price: number])[] {
  const waiting = shares.filter(({ isWaiting }) => isWaiting);
  return [
    ...STEPS.flatMap((step) =>
      waiting.map(({ ticker, entry }) => [ticker, Math.ceil(entry * step)] as const),
    ),
    ...shares.map(({ ticker, stop }) => [ticker, Math.floor(stop * 0.995)] as const),
  ];
}

/** Resolves when every move was made beside the other prices. */
async function play(subject: LiveSubject, prices: number, gap: number): Promise<void> {
  const moves = movesOf(subject.shares);
  const random = makeRandom(2);
  const seconds = Math.ceil((moves.length * gap) / 1_000);
  const rate = keepRate({
    hz: prices,
    ticks: prices * seconds,
    first: 0,
    isOpenLoop: true,
    move: () => {
      subject.nudge(subject.shares[Math.floor(random() * subject.shares.length)]?.ticker ?? "");
      return Promise.resolve();
    },
  });
  for (const [ticker, price] of moves) {
    subject.trade(ticker, price);
    await sleep(gap);
  }
  print(`${moves.length} moves beside ${((await rate) / seconds).toFixed(0)} other prices a second`);
}

function figures(samples: readonly number[]): string {
  const [p50, p95] = [quantile(samples, 0.5), quantile(samples, 0.95)];
  return `p50 ${p50.toFixed(0)}, p95 ${p95.toFixed(0)}, most ${Math.max(...samples).toFixed(0)} ms`;
}

/** Milliseconds of a POST of the same bytes, signed, to the receiver. */
async function barePosts(url: string, body: string, now: () => number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let n = 0; n < POSTS; n++) {
    const seconds = String(Math.floor(now() / 1_000));
    const signature = createHmac("sha256", WEBHOOK_SECRET).update(`${seconds}.${body}`).digest("hex");
    const headers = { "x-radar-timestamp": seconds, "x-radar-signature": `v1=${signature}` };
    const from = performance.now();
    const response = await fetch(url, { method: "POST", body, headers });
    await response.text();
    times.push(performance.now() - from);
    assert(response.ok, "The receiver takes what is signed");
  }
  return times;
}

async function logAfter({ days }: LiveSubject, after: number | null): Promise<AlertEventsBody> {
  const query = after === null ? "limit=1" : `after=${after}&limit=200`;
  const response = await fetch(`${days.worker.url}/api/kr/events?${query}`);
  return v.parse(AlertEventsBody, await response.json());
}

/** The ids of what the log has after the position and a rule asks for. */
async function loggedAfter(subject: LiveSubject, position: number): Promise<readonly string[]> {
  const ids: string[] = [];
  let after = position;
  for (;;) {
    const { events, last } = await logAfter(subject, after);
    ids.push(...events.flatMap((event) => (isAsked(event) ? [event.id] : [])));
    after = events.at(-1)?.position ?? last ?? after;
    if (events.length === 0) {
      return ids;
    }
  }
}

/** From the save of each event to the message that has it; an event that came twice is no figure. */
function latencies(arrivals: readonly Arrival[]): ReadonlyMap<string, number> {
  const told = new Map<string, number>();
  for (const { at, body } of arrivals) {
    for (const event of v.parse(Text, body).events) {
      if (told.has(event.id)) {
        throw new CommandError(`${event.id} came twice`);
      }
      told.set(event.id, at - event.at);
    }
  }
  return told;
}

async function measure(receiver: Receiver, prices: number, gap: number): Promise<void> {
  const vars = { ALERT_TARGETS: new URL(receiver.url).origin };
  const { subject, stop } = await openLiveStage(() => true, { vars });
  try {
    receiver.now = () => subject.days.now();
    // The first prices of the session bring events of their own.
    for (const { ticker } of subject.shares) {
      subject.nudge(ticker);
    }
    await sleep(SETTLE_MS);
    await makeRules(subject, receiver.url);
    const position = (await logAfter(subject, null)).last ?? 0;
    await play(subject, prices, gap);
    const logged = await loggedAfter(subject, position);
    const missing = (): readonly string[] => {
      const told = latencies(receiver.arrivals);
      return logged.filter((id) => !told.has(id));
    };
    try {
      await waitUntil(() => Promise.resolve(missing().length === 0), "each event has its message", REST_MS);
    } catch {
      throw new CommandError(`Of ${logged.length} events no message has ${missing().join(", ")}`);
    }
    report(receiver, logged);
    const [first] = receiver.arrivals;
    const bare = await barePosts(receiver.url, first?.body ?? "", receiver.now);
    print(`beside it: ${GATHER_MS} ms to gather, and a POST by Node alone ${figures(bare)}`);
  } finally {
    await stop();
  }
}

function report({ arrivals }: Receiver, logged: readonly string[]): void {
  const samples = [...latencies(arrivals).values()];
  print(
    `${logged.length} events in ${arrivals.length} messages; from the save to the receiver ${figures(samples)}`,
  );
  if (samples.length < LEAST_EVENTS || quantile(samples, 0.95) > LIMIT_MS) {
    throw new CommandError(`Fewer than ${LEAST_EVENTS} events, or p95 beyond ${LIMIT_MS} ms.`);
  }
}

await runCommand(async () => {
  const { values } = readArgs(process.argv.slice(2), OPTIONS, USAGE);
  print(machineLine());
  const receiver = await serveReceiver();
  try {
    const prices = readCount("--prices", values.prices, USAGE);
    await measure(receiver, prices, readCount("--gap", values.gap, USAGE));
    print(machineLine());
  } finally {
    await receiver.end();
  }
});
