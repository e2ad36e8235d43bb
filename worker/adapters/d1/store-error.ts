/** The one place where a failure of D1 becomes a {@link NeighbourError}. */
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import { AssertionError } from "../../core/assert.ts";

/** D1 ends a statement after 30 s itself: an answer that is not here by then was lost. */
const PATIENCE_MS = 60_000;

/** A failure of D1, of which `doing` ("save a scan") was asked. `retryable`: the same call may succeed later; every write here is idempotent. */
export function storeError(doing: string, retryable: boolean, cause: unknown): NeighbourError {
  return new NeighbourError(`D1 failed to ${doing}: ${messageOf(cause)}`, {
    neighbour: "D1",
    retryable,
    cause,
  });
}

/** D1's transient failures, by the texts that its documentation lists; D1 gives no error codes. */
const TRANSIENT = [
  "network connection lost",
  "object to be reset",
  "reset because its code was updated",
  "d1 db is overloaded",
  "too many requests queued",
  "transient issue on remote node",
  "internal error while starting up",
  "sqlite_busy",
  "database is locked",
];

/** Runs one operation on D1; its failures, and its silence, become {@link NeighbourError}s. `doing` completes "failed to ...". */
export async function attempt<T>(doing: string, operation: () => Promise<T>): Promise<T> {
  const silence = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    silence.reject(storeError(doing, true, new Error(`it gave no answer within ${PATIENCE_MS} ms`)));
  }, PATIENCE_MS);
  try {
    return await Promise.race([operation(), silence.promise]);
  } catch (error) {
    // A broken invariant is a fault of the caller and no failure of D1.
    if (error instanceof NeighbourError || error instanceof AssertionError) {
      throw error;
    }
    throw storeError(doing, isTransient(error), error);
  } finally {
    clearTimeout(timer);
  }
}

/** Drizzle wraps D1's error, so the whole chain of causes is read. */
function isTransient(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) {
    const message = e.message.toLowerCase();
    if (TRANSIENT.some((text) => message.includes(text))) {
      return true;
    }
  }
  return false;
}

/** The innermost message: drizzle's own quotes the whole statement with its parameters, which may be a megabyte. */
function messageOf(error: unknown): string {
  let e = error;
  while (e instanceof Error && e.cause instanceof Error) {
    e = e.cause;
  }
  return e instanceof Error ? e.message : String(e);
}
