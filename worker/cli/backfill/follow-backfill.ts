/** Follows the fetching of a market's past in a Worker until it is done, and states what is to be done when it waits. */
import { whatBackfillWaits } from "../../protocol/rest/backfill.ts";
import { BackfillBody } from "../../protocol/rest/owner.ts";
import { understand } from "../import/send-files.ts";
import { CommandError } from "../terminal/command-error.ts";
import type { OwnerClient } from "../terminal/owner-client.ts";
import { makeProgress, type ProgressOutput } from "../terminal/progress.ts";

const PATH = "/api/admin/backfill?exchange=KRX";
const STEP_MS = 2_000;

export interface Following {
  readonly client: OwnerClient;
  /** Where the bar is drawn. */
  readonly output: ProgressOutput;
  /** Resolves after so many milliseconds, earlier when the end was asked for. */
  wait(ms: number): Promise<void>;
  /** Whoever watches has had enough. */
  isOver(): boolean;
}

const NO_VENDOR =
  "No vendor that has the past is set. Put KRX_AUTH_KEY=... into .dev.vars, or KIS_APP_KEY=... and KIS_APP_SECRET=..., and run " +
  "`npm start` again (at Cloudflare: `npx wrangler secret put KRX_AUTH_KEY`). How to get a key, free of charge: worker/adapters/GUIDE.md.";

/** A refusal ends the watch, because nothing goes on until the owner acts; a failure passes by itself. */
function isRefused(state: BackfillBody): boolean {
  return whatBackfillWaits(state) === "refused";
}

function unitOf({ counts }: BackfillBody): string {
  return counts ?? "sessions";
}

function lastLine(state: BackfillBody): string {
  const { counts, sessions, fetched, holidays, wanted } = state;
  if (counts === "shares") {
    const few = sessions < wanted ? `; ${wanted - sessions} gave no rows, and /runs names them` : "";
    return `The past of ${sessions} shares is there${few}.`;
  }
  const off = holidays.length === 0 ? "" : `, ${holidays.length} days off that the calendar did not know`;
  const few = sessions < wanted ? `; the vendor has no more than ${sessions} of the ${wanted}` : "";
  return `${sessions} sessions are there, ${fetched} of them fetched${off}${few}.`;
}

/** Begins what has not begun and goes on with what waits. Resolves with the last line; fails when it cannot go on. */
export async function followBackfill(following: Following): Promise<string> {
  const { client, output } = following;
  let state = understand(BackfillBody, await client.send("POST", PATH));
  if (state.status === "none") {
    throw new CommandError(NO_VENDOR);
  }
  const progress = makeProgress("fetching the past", output);
  let shownReason: string | null = null;
  try {
    while (state.status !== "done") {
      if (isRefused(state)) {
        break;
      }
      progress.update(
        state.sessions,
        state.wanted,
        state.seconds_left === null ? null : 1_000 * state.seconds_left,
      );
      if (state.status === "waiting" && state.reason !== shownReason) {
        shownReason = state.reason;
        output.write(`\n${state.reason ?? "It waits"}. The clock goes on within ten minutes.\n`);
      }
      await following.wait(STEP_MS);
      if (following.isOver()) {
        return `Stopped watching at ${state.sessions} of ${state.wanted} ${unitOf(state)}. The Worker goes on by itself; the same command watches again.`;
      }
      state = understand(BackfillBody, await client.send("GET", PATH));
    }
    if (state.status === "done") {
      progress.update(1, 1, null);
    }
  } finally {
    progress.end();
  }
  if (state.status !== "done") {
    throw new CommandError(
      `It waits at ${state.sessions} of ${state.wanted} ${unitOf(state)}: ${state.reason ?? "no reason was given"}. \`npm run doctor\` states what to do and, once the vendor serves again, goes on with it.`,
    );
  }
  return lastLine(state);
}
