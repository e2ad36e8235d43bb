/** Why a request brought nothing: the network, the server's refusal, or an answer in another shape than the protocol's. */
import type { Problem } from "../../worker/protocol/rest/problem.ts";

export type RequestFailure = "unreachable" | "refused" | "unreadable";

export interface RequestErrorFacts {
  /** HTTP status of a refusal. */
  readonly status?: number;
  readonly problem?: Problem | null;
  readonly cause?: unknown;
}

export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly kind: RequestFailure;
  readonly status: number | null;
  readonly problem: Problem | null;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;

  constructor(kind: RequestFailure, message: string, facts: RequestErrorFacts = {}) {
    super(message, { cause: facts.cause });
    this.kind = kind;
    this.status = facts.status ?? null;
    this.problem = facts.problem ?? null;
    this.retryable = kind === "unreachable" || (this.status ?? 0) >= 500 || this.status === 429;
  }

  /** Anything thrown by a load; what is no RequestError yet counts as an unreachable server. */
  static of(error: unknown): RequestError {
    return error instanceof RequestError
      ? error
      : new RequestError("unreachable", "The request failed", { cause: error });
  }
}
