/** Has a Worker judge again what changed rows make due, and puts into one sentence what became of it. */
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { FindingKind } from "../../core/session/finding.ts";
import { CorrectionAnswer } from "../../protocol/rest/correction.ts";
import { CommandError } from "../terminal/command-error.ts";
import type { OwnerClient } from "../terminal/owner-client.ts";
import { understand } from "./send-files.ts";

/** `from`: every session from this day on, `2025-06-16`; `null`: what is due. */
export interface Judging {
  readonly from: string | null;
  readonly accept: readonly FindingKind[];
}

/** One line for what was judged again and one for what was not; none when nothing was due. */
export async function judgeAgain(
  client: OwnerClient,
  exchange: Exchange,
  { from, accept }: Judging,
): Promise<readonly string[]> {
  try {
    const bytes = new TextEncoder().encode(JSON.stringify({ from, accept }));
    const body = { type: "application/json", bytes } as const;
    const answer = await client.send("POST", `/api/admin/corrections?exchange=${exchange}`, body);
    return linesOf(understand(CorrectionAnswer, answer));
  } catch (error) {
    if (error instanceof CommandError) {
      return [`Not judged again: ${error.message}`];
    }
    throw error;
  }
}

/** A session that was removed is not judged again; the signals stand as of the one before. */
function whenOf({ judged_from: from, as_of: until }: NonNullable<CorrectionAnswer["run"]>): string {
  if (from === null || until === null || until < from) {
    return `Taken back from ${from ?? ""} on, the signals stand as of ${until ?? "no session"}`;
  }
  return `Judged again, ${from}${until === from ? "" : ` to ${until}`}`;
}

function linesOf({ run, left }: CorrectionAnswer): readonly string[] {
  const lines: string[] = [];
  if (run !== null) {
    const { born = [], ended = [], corrected = [] } = run.diff ?? {};
    lines.push(
      `${whenOf(run)}: ${corrected.length} signals corrected, ${born.length} new, ${ended.length} ended.`,
    );
  }
  if (left !== null) {
    const possible =
      left.possible_from === null
        ? "They cannot be: this Worker has no record of the signals before them, or another version of the rules judged them"
        : `What is possible: npm run correct -- --from ${left.possible_from}`;
    lines.push(
      `Rows of ${left.days} older ${left.days === 1 ? "day" : "days"} changed (the first: ${left.first_day}): they are stored, and no session was judged again for them. ${possible}.`,
    );
  }
  return lines;
}
