/** What a look at an installation means: each fact becomes a finding, with what to do. No secret enters here. */
import { DAY_MS } from "../../core/calendar/trading-day.ts";
import { type SourceFacts, sourceFindings } from "./doctor-sources.ts";
import { type WorkerFacts, workerFindings } from "./doctor-worker-findings.ts";
import { type Finding, finding } from "./finding.ts";

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
  /** Nobody was to be asked. */
  readonly isOffline: boolean;
  /** The Worker is not on this machine. */
  readonly isRemote: boolean;
  readonly sources: SourceFacts;
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

const CALENDAR_DAYS = 60;

/** Pure: the same facts give the same advice. */
export function findingsOf(facts: Facts): readonly Finding[] {
  const { state, worker, now } = facts;
  const none = facts.isOffline ? [] : [NO_WORKER];
  return [
    ...local(facts),
    ...stateFindings(state),
    ...(worker === null ? none : workerFindings(worker, now)),
    ...sourceFindings(facts.sources),
    ...planFindings(facts),
  ];
}

/** Which plan a Worker is on is nowhere to be read; what would not fit into the free one is. */
function planFindings({ isRemote, sources: { check } }: Facts): readonly Finding[] {
  const isKisAsked =
    check.kind === "checked" &&
    check.findings.some(({ source, about }) => source === "kis" && about === "calls");
  return isRemote && isKisAsked
    ? [
        finding(
          "note",
          "plan",
          "KIS is some 90 calls at 15:40, and Cloudflare's free plan grants 50 an invocation: take the paid plan, or `npm run collect`.",
        ),
      ]
    : [];
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
