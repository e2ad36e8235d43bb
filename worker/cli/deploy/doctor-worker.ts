/** What `npm run doctor` asks of a Worker: its health, its owner's routes, and the vendors that it asks in turn. */
import * as v from "valibot";
import { HealthBody } from "../../protocol/rest/health.ts";
import { BackfillBody } from "../../protocol/rest/owner.ts";
import { Problem } from "../../protocol/rest/problem.ts";
import { ScanStatus } from "../../protocol/rest/scan-run.ts";
import { SourceCheckBody } from "../../protocol/rest/source-check.ts";
import { ownerHeaders } from "../terminal/owner-client.ts";
import type { WorkerFacts } from "./doctor-worker-findings.ts";
import type { SourceFacts } from "./doctor-sources.ts";

const TIMEOUT_MS = 10_000;
/** Two services of a vendor that keeps silent, each tried twice for twenty seconds, and some to spare. */
const CHECK_MS = 120_000;
/** The one real exchange. */
const REAL = "?exchange=KRX";

interface Answer {
  readonly status: number;
  readonly json: unknown;
}

/** The answer's status and JSON; `null` when nobody answers. */
async function ask(url: URL, init: RequestInit = {}, timeoutMs = TIMEOUT_MS): Promise<Answer | null> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson()), await response.text());
    return { status: response.status, json: parsed.success ? parsed.output : null };
  } catch {
    return null;
  }
}

function detailOf(answer: Answer | null): string | undefined {
  const problem = v.safeParse(Problem, answer?.json);
  return problem.success ? problem.output.detail : undefined;
}

/** A market that is not open to everyone is shown to the owner (RD2). */
function asOwner(token: string | null): Record<string, string> {
  return token === null ? {} : ownerHeaders(token, process.env);
}

/** `null`: none answers. */
export async function lookAtWorker(to: URL, token: string | null): Promise<WorkerFacts | null> {
  const headers = asOwner(token);
  const answer = await ask(new URL("/api/health", to), { headers });
  if (answer === null) {
    return null;
  }
  const health = v.safeParse(HealthBody, answer.json);
  const problem = v.safeParse(Problem, answer.json);
  const scan = await ask(new URL("/api/kr/scan/status", to), { headers });
  const status = v.safeParse(v.pick(ScanStatus, ["overdue", "missing"]), scan?.json);
  const owner = token === null ? null : await ask(new URL("/api/admin/exchange", to), { headers });
  return {
    url: to.origin,
    health: health.success ? health.output : null,
    neighbour: problem.success ? problem.output.neighbour : undefined,
    problem: problem.success ? problem.output.detail : `it answered ${answer.status} and nothing understood.`,
    overdue: status.success ? status.output.overdue : null,
    missing: status.success ? status.output.missing : undefined,
    ownerStatus: owner?.status ?? null,
    ownerProblem: detailOf(owner),
  };
}

/** Has the Worker ask the vendors: some twenty calls, and as long as a vendor keeps silent. */
export async function askForSources(
  to: URL,
  token: string | null,
): Promise<Pick<SourceFacts, "check" | "backfill">> {
  if (token === null) {
    return { check: { kind: "no_token" }, backfill: null };
  }
  const headers = asOwner(token);
  const path = `/api/admin/sources/check${REAL}`;
  const answer = await ask(new URL(path, to), { method: "POST", headers }, CHECK_MS);
  const body = v.safeParse(SourceCheckBody, answer?.json);
  const past = await ask(new URL(`/api/admin/backfill${REAL}`, to), { headers });
  const backfill = v.safeParse(BackfillBody, past?.json);
  return {
    check: body.success
      ? { kind: "checked", findings: body.output.findings }
      : { kind: "refused", status: answer?.status ?? 0, detail: detailOf(answer) ?? "nothing understood." },
    backfill: backfill.success ? backfill.output : null,
  };
}
