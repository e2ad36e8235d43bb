/** One way to ask the Worker: every answer is parsed by the protocol's schema before a store gets it. */
import * as v from "valibot";
import { Problem } from "../../worker/protocol/rest/problem.ts";
import { noteStored } from "./stored-state.ts";

/** `unreadable`: the server answered, in a shape that the protocol does not know. */
export type RequestFailure = "unreachable" | "refused" | "unreadable";

/** What is known of a failure, as far as there was an answer. */
export interface RequestErrorFacts {
  /** HTTP status of a refusal. */
  readonly status?: number;
  readonly problem?: Problem | null;
  readonly cause?: unknown;
}

/** Why a request brought nothing: the network, the server's refusal, or an answer in another shape than the protocol's. */
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

  /** Of anything that a load throws; all but a RequestError counts as an unreachable server. */
  static of(error: unknown): RequestError {
    return error instanceof RequestError
      ? error
      : new RequestError("unreachable", "The request failed", { cause: error });
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    throw new RequestError("unreadable", "The answer is not JSON", { status: response.status, cause });
  }
}

/** The type of the problem. */
export const LOGIN_REQUIRED = "/problems/login-required";

let leave: () => void = () => undefined;

/** `run` leads to the login; it is called whenever one is asked for. */
export function onLoginRequired(run: () => void): void {
  leave = run;
}

/** The server asks for a login. */
export function leaveForLogin(): void {
  leave();
}

async function refusal(response: Response): Promise<RequestError> {
  // A refusal without a problem document is expected of a proxy: its status remains.
  const body = await readJson(response).catch(() => null);
  const problem = v.safeParse(Problem, body);
  if (problem.success && problem.output.type === LOGIN_REQUIRED) {
    leaveForLogin();
  }
  const facts = { status: response.status, problem: problem.success ? problem.output : null };
  return new RequestError("refused", `${response.url} answered ${response.status}`, facts);
}

/** What is sent beside the path; nothing: a GET. */
export type Sent = Pick<RequestInit, "method" | "body" | "signal"> & {
  readonly headers?: Readonly<Record<string, string>>;
};

/**
 * Asks `path` and parses the answer.
 * @throws RequestError `unreachable` without an answer, `refused` with the problem the server names, `unreadable` for another shape.
 */
export async function fetchJson<T>(
  path: string,
  schema: v.GenericSchema<unknown, T>,
  sent: AbortSignal | Sent,
): Promise<T> {
  const init: Sent = sent instanceof AbortSignal ? { signal: sent } : sent;
  const response = await fetch(path, {
    ...init,
    headers: { Accept: "application/json", ...init.headers },
  }).catch((cause: unknown) => {
    throw new RequestError("unreachable", `${path} cannot be reached`, { cause });
  });
  noteStored(response);
  if (!response.ok) {
    throw await refusal(response);
  }
  const parsed = v.safeParse(schema, await readJson(response));
  if (!parsed.success) {
    const where = v.getDotPath(parsed.issues[0]) ?? "the whole";
    throw new RequestError("unreadable", `${path} answered another shape at ${where}`, {
      status: response.status,
    });
  }
  return parsed.output;
}
