/** The log of a running program: one structured line an event, kept by the platform and read by the operator. */
import { neighbourFactsOf } from "./neighbour-error.ts";

/** `warn`: survived, and somebody may want to know. `error`: something promised was not done. */
export type LogLevel = "info" | "warn" | "error";

/** Values that may be read by anyone who reads the log: never a token, a key or the body of a request. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Where a program writes what happened to it. */
export interface Log {
  /** `event` names what happened in snake case, `outbox_drain_failed`. Never throws. */
  write(level: LogLevel, event: string, fields?: LogFields): void;
}

/** UTF-16 units. The rest of a longer text (a whole SQL statement, a page of HTML) adds nothing. */
const MAX_TEXT = 300;

/**
 * `fields` name the object of the failure (`topic`, `run`, `gateway`). The line adds `error` (its message), `cause` (the innermost
 * message, when it is another), and `neighbour` and `retryable` when the error names one.
 */
export function logFailure(
  log: Log,
  event: string,
  error: unknown,
  fields: LogFields = {},
  level: LogLevel = "warn",
): void {
  const facts = neighbourFactsOf(error);
  const [text, cause] = [textOf(error), textOf(innermost(error))];
  log.write(level, event, {
    ...fields,
    ...(facts !== null && { neighbour: facts.neighbour, retryable: facts.retryable }),
    error: text,
    ...(cause !== text && { cause }),
  });
}

function innermost(error: unknown): unknown {
  let e = error;
  while (e instanceof Error && e.cause !== undefined) {
    e = e.cause;
  }
  return e;
}

function textOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, MAX_TEXT);
}
