/** CL89: what became of the past of a real market, in the terminal in which it was begun: its page is the demo's until it is there. */
import { setTimeout as sleep } from "node:timers/promises";
import { isSimulated } from "../../core/instrument/exchange-profile.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { BackfillBody } from "../../protocol/rest/owner.ts";

type Past = Pick<BackfillBody, "status" | "counts" | "sessions" | "wanted" | "reason">;

export interface AnnouncePast {
  /** Rejects while the Worker does not answer. */
  readonly ask: () => Promise<Past>;
  /** The exchange that is shown; rejects as `ask` does. */
  readonly shown: () => Promise<Exchange>;
  isOver(): boolean;
  print(line: string): void;
  /** A question that failed; the next one follows. */
  failed(error: unknown): void;
  /** Where the page is. */
  readonly url: string;
  /** Whether the page asks for the owner's token. */
  readonly isPrivate: boolean;
  readonly stepMs?: number;
}

const STEP_MS = 15_000;
/** The scan and the switch follow the last session. */
const TRIES_FOR_SWITCH = 8;

/** Prints each quarter, a refusal, and what is shown in the end. Never rejects; ends with the past, or with the program. */
export async function announcePast(first: Past | null, deps: AnnouncePast): Promise<void> {
  let quarter = quarterOf(first);
  let reason: string | null = first?.reason ?? null;
  for (let past = first; !deps.isOver() && past?.status !== "done";) {
    await pause(deps);
    past = await orNull(deps, deps.ask);
    if (past === null || deps.isOver()) {
      continue;
    }
    const now = quarterOf(past);
    if (past.status === "running" && now > quarter) {
      deps.print(`Past: ${past.sessions} of ${past.wanted} ${unitOf(past)}.`);
    }
    if (past.status === "waiting" && past.reason !== null && past.reason !== reason) {
      deps.print(
        `The past has stopped at ${past.sessions} of ${past.wanted} ${unitOf(past)}: ${past.reason}`,
      );
    }
    [quarter, reason] = [now, past.reason];
    if (past.status === "done") {
      await announceEnd(past, deps);
    }
  }
}

/** A Worker of a version before names none. */
function unitOf({ counts }: Past): string {
  return counts ?? "sessions";
}

function quarterOf(past: Past | null): number {
  return past === null || past.wanted === 0 ? 0 : Math.floor((4 * past.sessions) / past.wanted);
}

async function announceEnd(past: Past, deps: AnnouncePast): Promise<void> {
  const there = `The past is there: ${past.sessions} ${unitOf(past)}.`;
  const login = deps.isPrivate ? "; it asks for the owner's token: grep OWNER_TOKEN .dev.vars" : "";
  for (let n = 0; n < TRIES_FOR_SWITCH && !deps.isOver(); n++) {
    const shown = await orNull(deps, deps.shown);
    if (shown !== null && !isSimulated(shown)) {
      deps.print(`${there} ${deps.url} shows ${shown} now${login}.`);
      return;
    }
    await pause(deps);
  }
  if (!deps.isOver()) {
    deps.print(`${there} \`npm run use -- KRX\` shows it.`);
  }
}

async function pause({ stepMs = STEP_MS }: AnnouncePast): Promise<void> {
  await sleep(stepMs, undefined, { ref: false });
}

async function orNull<T>(deps: AnnouncePast, ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    deps.failed(error);
    return null;
  }
}
