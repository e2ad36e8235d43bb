/** What a Worker states of itself, as findings: readiness, clock, bars, scan, messages, feed, exchange, failures, the owner's access. */
import type { HealthBody } from "../../protocol/rest/health.ts";
import type { ScanStatus } from "../../protocol/rest/scan-run.ts";
import { type Finding, finding } from "./finding.ts";

/** What a Worker answered of itself. */
export interface WorkerFacts {
  readonly url: string;
  /** `null`: not ready; `problem` is its detail. */
  readonly health: HealthBody | null;
  readonly problem: string | null;
  readonly overdue: boolean | null;
  /** Which scan is missing and why; absent from a version that states only that one is. */
  readonly missing?: ScanStatus["missing"];
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

/** `now` by this machine, in milliseconds since the epoch. */
export function workerFindings(worker: WorkerFacts, now: number): readonly Finding[] {
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
        ? finding("wrong", "scan", missingText(worker.missing))
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
    liveFinding(feed),
    ...switchFindings(health.exchange_switch),
    ...health.failures.map((failure) => failureFinding(failure, Date.parse(health.server_time))),
    ...owner,
  ];
}

/** Which scan is missing, why, and when it comes by itself. */
function missingText(missing: WorkerFacts["missing"]): string {
  if (missing === undefined || missing === null) {
    return "The scheduled one has not come to an end: see /api/kr/runs.";
  }
  const { session, due_at: due, has_rows: hasRows, outcome, reason, next } = missing;
  const brought = outcome === null ? "nothing has brought its session" : outcome.text;
  const why = reason ?? (hasRows ? "its rows are there, and no scan has judged them" : brought);
  const then =
    next === null ? "Nothing asks for it any more" : `It is asked for next at ${next.at.slice(0, 16)}`;
  return `That of ${session ?? "the last evening"} is missing since ${due.slice(0, 16)}: ${why}. ${then}; see /status.`;
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

/** KW27: prices that stand still while a session runs; a vendor that lets no Worker in is brought by a machine, which may be away. */
function liveFinding(feed: HealthBody["feed"]): Finding {
  if (feed?.state !== "stale" || feed.session !== "open") {
    return finding("ok", "live prices", feedText(feed));
  }
  const remedy =
    feed.source === "kiwoom"
      ? "Begin the machine that brings them, or look at its log: `npm run collect -- --live`."
      : "No trade came for half a minute, or no connection stands: see the failures below.";
  return finding("note", "live prices", `${feed.source}: stale in a running session. ${remedy}`);
}

/** `none` is a market that shows closes, not a feed that fails. */
function feedText(feed: HealthBody["feed"]): string {
  if (feed === null) {
    return "No feed is served.";
  }
  return feed.state === "none" ? "None for this market: it shows closes." : `${feed.source}: ${feed.state}.`;
}
