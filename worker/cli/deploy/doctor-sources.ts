/** What `npm run doctor` finds of the vendors: what the Worker measured of them, or how they are set up here, and where the past stands. */
import type { SourceFinding } from "../../app/ports/source-check.ts";
import { setupFindings } from "../../app/setting-findings.ts";
import { whatBackfillWaits } from "../../protocol/rest/backfill.ts";
import type { BackfillBody } from "../../protocol/rest/owner.ts";
import { describeLeft } from "../terminal/progress.ts";
import type { LocalSetup } from "../terminal/source-setup.ts";
import type { Finding } from "./finding.ts";

/** What was seen of the vendors. */
export interface SourceFacts {
  /** Of this folder; `null` for a Worker elsewhere, whose secrets are not here. */
  readonly setup: LocalSetup | null;
  readonly check: CheckFacts;
  /** `null`: not known. */
  readonly backfill: BackfillBody | null;
}

/** What became of the check in the Worker. */
export type CheckFacts =
  | { readonly kind: "checked"; readonly findings: readonly SourceFinding[] }
  | { readonly kind: "refused"; readonly status: number; readonly detail: string }
  /** `--offline`, or nobody to ask. */
  | { readonly kind: "offline" | "no_worker" | "no_token" };

const MARKS = { ok: "ok", warning: "note", fault: "wrong" } as const;

function findingOf({ mark, source, about, what, remedy }: SourceFinding): Finding {
  return {
    mark: MARKS[mark],
    about: source === null ? about : `${source} ${about}`,
    text: remedy === null ? what : `${what} ${remedy}`,
  };
}

const NOT_ASKED = {
  offline: "--offline asks nobody: only what stands in this folder was looked at.",
  no_worker: "The vendors are asked from where the Worker runs, and none answers: `npm start`, or --to URL.",
  no_token: "The owner's token is needed to have the Worker ask them.",
} as const;

function refusedFinding(status: number, detail: string): Finding {
  const about = "vendors";
  if (status === 404) {
    return {
      mark: "note",
      about,
      text: "This Worker is of a version that cannot check them: deploy the present one.",
    };
  }
  return status === 429
    ? { mark: "note", about, text: `Not asked: ${detail}` }
    : { mark: "wrong", about, text: `The check answered ${status}: ${detail}` };
}

function checkFindings(check: CheckFacts): readonly Finding[] {
  switch (check.kind) {
    case "checked": {
      return check.findings.map(findingOf);
    }
    case "refused": {
      return [refusedFinding(check.status, check.detail)];
    }
    case "offline":
    case "no_worker":
    case "no_token": {
      return [{ mark: "note", about: "vendors", text: `Not measured. ${NOT_ASKED[check.kind]}` }];
    }
  }
}

const WIDTH = 20;

/** `[#####...............] 25 %, 100 of 400 sessions, 6 min left`. */
function describeBackfill({ sessions, wanted, seconds_left: left }: BackfillBody): string {
  const share = wanted === 0 ? 0 : Math.min(1, sessions / wanted);
  const bar = "#".repeat(Math.floor(share * WIDTH)).padEnd(WIDTH, ".");
  const rest = left === null ? "" : `,${describeLeft(1_000 * left)}`;
  return `[${bar}] ${Math.floor(100 * share)} %, ${sessions} of ${wanted} sessions${rest}`;
}

function backfillFinding(backfill: BackfillBody): Finding | null {
  const about = "the past";
  switch (backfill.status) {
    case "none": {
      return null;
    }
    case "running": {
      const text = `${describeBackfill(backfill)}. \`npm run backfill\` follows it.`;
      return { mark: "ok", about, text };
    }
    case "waiting": {
      const reason = backfill.reason ?? "no reason was given";
      // A refusal is remembered for a day: only a check that is served, or another key, ends it.
      const then =
        whatBackfillWaits(backfill) === "refused"
          ? "It is asked again after a day, with another key at once; mend it at the vendor and run this command again, which goes on with what serves."
          : "The clock goes on within ten minutes, `npm run backfill` at once.";
      const text = `Waits at ${describeBackfill(backfill)}: ${reason}. ${then}`;
      return { mark: "wrong", about, text };
    }
    case "done": {
      return {
        mark: "ok",
        about,
        text: `${backfill.sessions} sessions are there, ${backfill.fetched} of them fetched.`,
      };
    }
  }
}

/** Nothing where the vendors are no matter: no key, no name that was changed, nothing begun. Pure. */
export function sourceFindings({ setup, check, backfill }: SourceFacts): readonly Finding[] {
  const own =
    setup === null || check.kind === "checked"
      ? []
      : setupFindings(setup.sources, setup.readers).map(findingOf);
  const past = backfill === null ? null : backfillFinding(backfill);
  return [...checkFindings(check), ...own, ...(past === null ? [] : [past])];
}
