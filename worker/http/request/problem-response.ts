/** The one place that turns errors into HTTP (RT2): refusals, failing neighbours, and faults of our own. */
import type { Context } from "hono";
import { type Log, logFailure } from "../../app/ports/log.ts";
import { neighbourFactsOf, versionProblemOf } from "../../app/ports/neighbour-error.ts";
import {
  encodeProblem,
  PROBLEM_MEDIA_TYPE,
  type ProblemFacts,
  type ProblemName,
  PROBLEMS,
  RETRY_LATER,
} from "../../protocol/rest/problem.ts";
import type { HttpEnv } from "./ports.ts";

/** A request that a guard refuses, on its way to {@link errorResponse}. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly problem: ProblemName;
  readonly facts: ProblemFacts;
  readonly headers: Readonly<Record<string, string>>;

  constructor(problem: ProblemName, facts: ProblemFacts, headers: Readonly<Record<string, string>> = {}) {
    super(`${problem}: ${facts.detail}`);
    this.problem = problem;
    this.facts = facts;
    this.headers = headers;
  }
}

/** 404, for something that this exchange does not have. */
export function missing(what: string): Refusal {
  return new Refusal("not-found", { detail: `${what} is not known here.` });
}

/** An answer in `application/problem+json`; status and title follow from the name. */
export function problemResponse(
  c: Context<HttpEnv>,
  name: ProblemName,
  facts: ProblemFacts,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = encodeProblem(name, facts, c.get("requestId"));
  return c.body(JSON.stringify(body), PROBLEMS[name].status, {
    ...headers,
    "Content-Type": PROBLEM_MEDIA_TYPE,
  });
}

/** A failure that is no refusal goes to the log; the answer has a fixed text. */
export function errorResponse(error: Error, c: Context<HttpEnv>, log: Log): Response {
  if (error instanceof Refusal) {
    return problemResponse(c, error.problem, error.facts, error.headers);
  }
  logFailure(log, "request_failed", error, { request_id: c.get("requestId") }, "error");
  const facts = neighbourFactsOf(error);
  if (facts === null) {
    return problemResponse(c, "internal", { detail: "The request could not be served. It was noted." });
  }
  const { neighbour } = facts;
  return problemResponse(
    c,
    "unavailable",
    { detail: versionProblemOf(error) ?? `${neighbour} did not do what was asked.`, neighbour },
    RETRY_LATER,
  );
}
