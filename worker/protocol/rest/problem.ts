/** Errors on the wire (RT2): RFC 9457 problem details with a `type` that never changes its meaning. */
import * as v from "valibot";

/** RFC 9457, section 6.1. */
export const PROBLEM_MEDIA_TYPE = "application/problem+json";

/** The header of an answer that a transient failure caused: another try is worth while after five seconds. */
export const RETRY_LATER: Readonly<Record<string, string>> = { "Retry-After": "5" };

/** Every problem there is, by the last segment of its `type`. */
export const PROBLEMS = {
  "bad-query": { status: 400, title: "A value of the query is out of range" },
  "bad-body": { status: 400, title: "The body is not what this route takes" },
  "unreadable-file": { status: 400, title: "The file cannot be read" },
  unauthorized: { status: 401, title: "The owner's token is missing or wrong" },
  "login-required": { status: 401, title: "This market is shown to whoever has logged in" },
  "owner-not-configured": { status: 403, title: "No owner's token is configured, owner routes are closed" },
  "forbidden-origin": { status: 403, title: "This origin may not open a socket or change anything" },
  "not-found": { status: 404, title: "There is no such thing here" },
  "method-not-allowed": { status: 405, title: "This path does not take this method" },
  busy: { status: 409, title: "A scan is running" },
  "no-bars": { status: 409, title: "There is nothing to scan" },
  "scan-skipped": { status: 409, title: "There is nothing sound to scan" },
  "alert-refused": { status: 409, title: "This cannot be kept as it is" },
  "asked-here": { status: 409, title: "This Worker asks that vendor itself" },
  "demo-inactive": { status: 409, title: "The demo market does not move" },
  "too-large": { status: 413, title: "The body is too large" },
  "encoded-body": { status: 415, title: "A compressed body is not taken" },
  "upgrade-required": { status: 426, title: "This path speaks another protocol" },
  "too-many-requests": { status: 429, title: "This address asks too often" },
  /** Answered by no route since decision 022; kept because `/openapi.json` names it. */
  internal: { status: 500, title: "Something broke here" },
  "scan-failed": { status: 503, title: "The scan failed" },
  unavailable: { status: 503, title: "A neighbour does not answer" },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly title: string }>>;

/** The last segment of a problem's `type`. */
export type ProblemName = keyof typeof PROBLEMS;

/** The body of every answer from 400 on. */
export const Problem = v.object({
  /** `/problems/{name}`, a URI reference. */
  type: v.string(),
  title: v.string(),
  status: v.number(),
  detail: v.string(),
  request_id: v.string(),
  /** The offending field of a bad query or body. */
  field: v.optional(v.string()),
  /** The run that holds the lock, failed or was skipped. */
  run_id: v.optional(v.string()),
  /** The neighbour that did not answer: `D1`, `MarketBook`. */
  neighbour: v.optional(v.string()),
  /** Why a scan was refused: the code of a finding on the session, its figures, and what to do. */
  reason: v.optional(v.string()),
  figures: v.optional(v.record(v.string(), v.union([v.number(), v.string()]))),
  remedy: v.optional(v.string()),
});
export type Problem = v.InferOutput<typeof Problem>;

/** The members of a problem that its name does not imply. */
export interface ProblemFacts {
  readonly detail: string;
  readonly field?: string;
  readonly run_id?: string;
  readonly neighbour?: string;
  readonly reason?: string;
  readonly figures?: Readonly<Record<string, number | string>>;
  readonly remedy?: string;
}

/** The body of an error by its name; status and title are those of {@link PROBLEMS}. */
export function encodeProblem(name: ProblemName, facts: ProblemFacts, requestId: string): Problem {
  const { status, title } = PROBLEMS[name];
  const { figures, ...rest } = facts;
  return {
    type: `/problems/${name}`,
    title,
    status,
    ...rest,
    ...(figures !== undefined && { figures: { ...figures } }),
    request_id: requestId,
  };
}
