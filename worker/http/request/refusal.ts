/** A request that a guard refuses, on its way to the one place that turns errors into HTTP. */
import type { ProblemFacts, ProblemName } from "../../protocol/rest/problem.ts";

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
