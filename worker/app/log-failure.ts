/** One line for a failure that the program survives: every `catch` that goes on calls this once. */
import type { Log, LogFields, LogLevel } from "./ports/log.ts";
import { neighbourFactsOf } from "./ports/neighbour-error.ts";

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
