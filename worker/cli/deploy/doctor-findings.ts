/** What a look at an installation means: each fact becomes a finding, with what to do. No secret enters here. */
import { DAY_MS } from "../../core/calendar/trading-day.ts";
import type { HealthBody } from "../../protocol/rest/health.ts";

/** `note`: not wrong, and worth knowing. */
export interface Finding {
  readonly mark: "ok" | "note" | "wrong";
  readonly about: string;
  readonly text: string;
}

/** What was seen. A Worker that does not answer is `null`. */
export interface Facts {
  readonly node: string;
  /** Of `.dev.vars`; `null`: no file, or no token in it. */
  readonly tokenMode: number | null;
  /** From the environment, which wins. */
  readonly tokenInEnv: boolean;
  readonly hasDatabase: boolean;
  readonly build: "fresh" | "stale";
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The last day whose holidays the exchange has announced, and the last one that is known at all. */
  readonly calendarAnnounced: string;
  readonly calendarEnds: string;
  readonly worker: WorkerFacts | null;
  /** The folder in which `npm start` keeps its data; `null` where it has not run. */
  readonly state: StateFacts | null;
}

export interface StateFacts {
  readonly folder: string;
  /** What is wrong with its disk, with the remedy; `null` when nothing is. */
  readonly fullDisk: string | null;
  /** Each damaged file, with the remedy. */
  readonly damaged: readonly string[];
}

/** What a Worker answered of itself. */
export interface WorkerFacts {
  readonly url: string;
  /** `null`: not ready; `problem` is its detail. */
  readonly health: HealthBody | null;
  readonly problem: string | null;
  readonly overdue: boolean | null;
  /** The neighbour that the refusal names. */
  readonly neighbour?: string | undefined;
  /** The status of an owner route with the token; `null` without one. */
  readonly ownerStatus: number | null;
  /** The detail of an owner route's refusal. */
  readonly ownerProblem?: string | undefined;
}

type Failure = HealthBody["failures"][number];

const SKEW_MS = 5_000;
const OUTBOX_S = 300;
const CALENDAR_DAYS = 60;

function finding(mark: Finding["mark"], about: string, text: string): Finding {
  return { mark, about, text };
}

/** Pure: the same facts give the same advice. */
export function findingsOf(facts: Facts): readonly Finding[] {
  const { state, worker, now } = facts;
  return [...local(facts), ...stateFindings(state), ...(worker === null ? [NO_WORKER] : remote(worker, now))];
}

const NO_WORKER = finding(
  "note",
  "worker",
  "None answers. Start one with `npm start`, or name another with --to.",
);

function local({ node, tokenMode, tokenInEnv, hasDatabase, build, ...calendar }: Facts): readonly Finding[] {
  return [
    Number(node.split(".", 1)[0]) >= 22
      ? finding("ok", "node", node)
      : finding("wrong", "node", `${node} is too old: run it by \`npm run doctor\`, which brings its own.`),
    tokenFinding(tokenMode, tokenInEnv),
    hasDatabase
      ? finding("ok", "database", "wrangler.toml names one.")
      : finding(
          "note",
          "database",
          "wrangler.toml names none, which only a deployment needs: `npx wrangler d1 create vcp-radar`.",
        ),
    build === "fresh"
      ? finding("ok", "page", "Built from the present sources.")
      : finding(
          "note",
          "page",
          "Missing or older than its sources: `npm start` and `npm run deploy` build it, or `npm run build`.",
        ),
    calendarFinding(calendar),
  ];
}

type CalendarFacts = Pick<Facts, "now" | "calendarAnnounced" | "calendarEnds">;

function calendarFinding({ now, calendarAnnounced, calendarEnds }: CalendarFacts): Finding {
  const daysUntil = (day: string): number => Math.floor((Date.parse(day) - now) / DAY_MS);
  const table = "worker/core/calendar/krx-holidays.ts";
  if (daysUntil(calendarEnds) < CALENDAR_DAYS) {
    return finding(
      "wrong",
      "calendar",
      `Holidays are known up to ${calendarEnds} only: add the next year to ${table}.`,
    );
  }
  return daysUntil(calendarAnnounced) < CALENDAR_DAYS
    ? finding(
        "note",
        "calendar",
        `After ${calendarAnnounced} holidays are derived from the law: elections and temporary holidays are missing. When the exchange has announced the next year, add it to ${table}.`,
      )
    : finding(
        "ok",
        "calendar",
        `Holidays are announced up to ${calendarAnnounced} and derived from the law up to ${calendarEnds}.`,
      );
}

function stateFindings(state: StateFacts | null): readonly Finding[] {
  if (state === null) {
    return [];
  }
  const { folder, fullDisk, damaged } = state;
  return [
    fullDisk === null
      ? finding("ok", "disk", `There is space for ${folder}.`)
      : finding("wrong", "disk", fullDisk),
    ...(damaged.length === 0
      ? [finding("ok", "files", "Every database in it can be read.")]
      : damaged.map((text) => finding("wrong", "files", text))),
  ];
}

/** What stands behind a 503 of each neighbour, and where its reason is found. */
const REMEDIES: Readonly<Record<string, string>> = {
  D1: "Its disk may be full or its file damaged (see `disk` and `files` above; at Cloudflare: `npx wrangler d1 info vcp-radar`)",
  MarketBook: "It may be taking in bars (then wait), or its file is damaged (see `files` above)",
  MarketFeed: "It comes back by itself, or its file is damaged (see `files` above)",
};

function remedyOf(neighbour: string | undefined): string {
  const remedy = REMEDIES[neighbour ?? ""];
  const log = "The log has the error: .wrangler/serve.log, at Cloudflare `npx wrangler tail`.";
  return remedy === undefined ? log : `${remedy}. ${log}`;
}

/** Only 401 is about the token: a Worker that fails refuses the right one too. */
function ownerFindings({ ownerStatus, ownerProblem }: WorkerFacts): readonly Finding[] {
  if (ownerStatus === null || ownerStatus === 200) {
    return [];
  }
  const why = ownerProblem ?? "it gave no reason.";
  const texts: Readonly<Record<number, string>> = {
    401: "Answers 401 to this token: OWNER_TOKEN must be the one the Worker runs with.",
    403: "Is closed: the Worker runs without an OWNER_TOKEN. `npx wrangler secret put OWNER_TOKEN`, here `npm start`.",
    429: "Answers 429: this address sent too many wrong tokens. Wait a minute.",
  };
  return [
    finding(
      "wrong",
      "owner's access",
      texts[ownerStatus] ?? `Answers ${ownerStatus}: ${why} The token is not the reason.`,
    ),
  ];
}

function tokenFinding(mode: number | null, inEnv: boolean): Finding {
  if (inEnv) {
    return finding("ok", "owner's token", "In the environment.");
  }
  if (mode === null) {
    return finding(
      "wrong",
      "owner's token",
      "None: set OWNER_TOKEN, or run `npm start` once, which writes .dev.vars.",
    );
  }
  return (mode & 0o077) === 0
    ? finding("ok", "owner's token", "In .dev.vars, for its owner's eyes only.")
    : finding("wrong", "owner's token", "Others may read .dev.vars: `chmod 600 .dev.vars`.");
}

function remote(worker: WorkerFacts, now: number): readonly Finding[] {
  const { url, health, problem, neighbour, overdue } = worker;
  const owner = ownerFindings(worker);
  if (health === null) {
    const text = `${url} is not ready: ${problem ?? "it gave no reason."} ${remedyOf(neighbour)}`;
    return [finding("wrong", "worker", text), ...owner];
  }
  const { book, feed, last_run: last, outbox } = health;
  const skew = Date.parse(health.server_time) - now;
  const waiting = outbox.oldest_age_s ?? 0;
  return [
    finding("ok", "worker", `${url} shows ${health.exchange}, build ${health.build}.`),
    Math.abs(skew) <= SKEW_MS
      ? finding("ok", "clock", "Agrees with this machine's.")
      : finding(
          "wrong",
          "clock",
          `Differs from this machine's by ${Math.round(skew / 1_000)} s: set the time here.`,
        ),
    book.rows > 0
      ? finding(
          "ok",
          "bars",
          `${book.tickers} tickers, ${book.sessions} sessions up to ${book.last_day ?? "none"}.`,
        )
      : finding("note", "bars", "None yet: `npm run import -- FILE --use`."),
    last?.status === "failed"
      ? finding("wrong", "scan", `The last one failed: ${last.reason ?? "without a reason"}`)
      : overdue === true
        ? finding("wrong", "scan", "The scheduled one has not come to an end: see /api/kr/runs.")
        : finding(
            "ok",
            "scan",
            last === null ? "None yet." : `The last one was ${last.status}, ${last.age_s} s ago.`,
          ),
    waiting > OUTBOX_S
      ? finding(
          "wrong",
          "outbox",
          `${outbox.waiting} messages wait, the oldest for ${waiting} s: see the Worker's log.`,
        )
      : finding("ok", "outbox", `${outbox.waiting} messages wait.`),
    finding("ok", "live prices", feedText(feed)),
    ...switchFindings(health.exchange_switch),
    ...health.failures.map((failure) => failureFinding(failure, Date.parse(health.server_time))),
    ...owner,
  ];
}

/** A Worker of a version without numbered switches names none. */
function switchFindings(recorded: HealthBody["exchange_switch"]): readonly Finding[] {
  if (recorded === undefined) {
    return [];
  }
  const { exchange, generation, disagreeing } = recorded;
  const [first] = disagreeing;
  if (first === undefined) {
    return [finding("ok", "exchange", `Everything stands on ${exchange} (switch ${generation}).`)];
  }
  const more = disagreeing.length > 1 ? ` and ${disagreeing.length - 1} more` : "";
  return [
    finding(
      "wrong",
      "exchange",
      `D1 records ${exchange} (switch ${generation}), ${first.object}${more} stands on ${first.exchange} (switch ${first.generation}): look again in ten seconds, then \`npm run use -- ${exchange}\`.`,
    ),
  ];
}

/** Not wrong: what is wrong at this moment stands in the other findings. */
function failureFinding({ neighbour, at, event, detail }: Failure, now: number): Finding {
  return finding(
    "note",
    neighbour,
    `Failed ${formatAge((now - Date.parse(at)) / 1_000)} ago: ${event}, ${detail}`,
  );
}

/** In whole units, from two of them on: `59 s`, `119 s`, `2 min`, `3 days`. */
function formatAge(seconds: number): string {
  const units = [
    ["days", 86_400],
    ["h", 3_600],
    ["min", 60],
  ] as const;
  const [name, length] = units.find(([, one]) => seconds >= 2 * one) ?? ["s", 1];
  return `${Math.floor(seconds / length)} ${name}`;
}

/** `none` is a market that shows closes, not a feed that fails. */
function feedText(feed: HealthBody["feed"]): string {
  if (feed === null) {
    return "No feed is served.";
  }
  return feed.state === "none" ? "None for this market: it shows closes." : `${feed.source}: ${feed.state}.`;
}
