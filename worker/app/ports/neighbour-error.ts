/** A neighbour that failed: the error of one call, and what an object remembers of it. */

/** What can fail outside of the program's own code; `RateLimit` are Cloudflare's rate limit bindings, the last three the vendors of prices. */
const NEIGHBOURS = [
  "D1",
  "MarketBook",
  "MarketFeed",
  "Topic",
  "Gateway",
  "Alerts",
  "RateLimit",
  "KRX",
  "KIS",
  "Kiwoom",
] as const;

/** The name under which a failure is logged, answered and shown. */
export type Neighbour = (typeof NEIGHBOURS)[number];

interface NeighbourErrorFacts {
  readonly neighbour: Neighbour;
  /** The same call may succeed later. */
  readonly retryable: boolean;
  readonly cause?: unknown;
}

/** Thrown where a neighbour failed, and by nothing else (decision 021). `message` may hold the neighbour's own text. */
export class NeighbourError extends Error {
  override readonly name = "NeighbourError";
  readonly neighbour: Neighbour;
  readonly retryable: boolean;

  constructor(message: string, { neighbour, retryable, cause }: NeighbourErrorFacts) {
    super(message, cause === undefined ? undefined : { cause });
    this.neighbour = neighbour;
    this.retryable = retryable;
  }
}

/** In every message about code or state of another version; such a message is the program's own and may be published. */
export const OTHER_VERSION = "another version of the program";

/** What an error states about another version, also when it crossed from another object; `null` for any other error. */
export function versionProblemOf(error: unknown): string | null {
  const isOne = error instanceof Error && neighbourFactsOf(error) !== null;
  return isOne && error.message.includes(OTHER_VERSION) ? error.message : null;
}

/** For fields that come out of a log or another object as plain data. */
export function isNeighbour(value: unknown): value is Neighbour {
  return NEIGHBOURS.some((neighbour) => neighbour === value);
}

/** The neighbour that an error names, also when it crossed from another object and is no `NeighbourError` any more; else `null`. */
export function neighbourFactsOf(error: unknown): Omit<NeighbourErrorFacts, "cause"> | null {
  if (!(error instanceof Error) || !("neighbour" in error) || !isNeighbour(error.neighbour)) {
    return null;
  }
  return {
    neighbour: error.neighbour,
    retryable: "retryable" in error && error.retryable === true,
  };
}

/**
 * Awaits a call to another object. A failure that names its neighbour passes unchanged; any other (the object is out of reach,
 * was reset, or broke an invariant of its own) becomes a failure of `neighbour`. `doing` completes "failed to ...".
 * Only the platform's own text becomes part of the message, because messages are published: the text of a fault may hold
 * anything, and is the `cause`.
 */
export async function asking<T>(neighbour: Neighbour, doing: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (neighbourFactsOf(error) !== null) {
      throw error;
    }
    const missing = missingMethodOf(error);
    if (missing !== null) {
      throw new NeighbourError(
        `${neighbour} runs ${OTHER_VERSION}, without "${missing}": a deployment is under way. Ask again in a minute; when it stays so, deploy again.`,
        { neighbour, retryable: true, cause: error },
      );
    }
    const retryable = hasMark(error, "retryable");
    const detail = retryable || hasMark(error, "overloaded") ? error.message : "a fault inside the object";
    throw new NeighbourError(`${neighbour} failed to ${doing}: ${detail}`, {
      neighbour,
      retryable,
      cause: error,
    });
  }
}

/** The platform's own text for a call of a method that the object's class does not have. */
const MISSING = /^The RPC receiver does not implement (?:the method )?"([^"]*)"/;

function missingMethodOf(error: unknown): string | null {
  return error instanceof TypeError ? (MISSING.exec(error.message)?.[1] ?? null) : null;
}

/** The platform marks its own errors so: the object was reset, is out of reach, or has too much to do. */
function hasMark(error: unknown, mark: "retryable" | "overloaded"): error is Error {
  return error instanceof Error && Reflect.get(error, mark) === true;
}

/** The last failure of one neighbour. `at` in milliseconds since the epoch, on the clock of the object that met it. */
export interface NeighbourFailure {
  readonly neighbour: Neighbour;
  readonly at: number;
  /** The log's name of what failed, `outbox_drain_failed`. */
  readonly event: string;
  readonly detail: string;
}

/** The newest failure of each neighbour among what several objects remember, by name of the neighbour. */
export function newestFailures(all: readonly NeighbourFailure[]): readonly NeighbourFailure[] {
  const newest = new Map<Neighbour, NeighbourFailure>();
  for (const failure of all) {
    if (failure.at >= (newest.get(failure.neighbour)?.at ?? Number.NEGATIVE_INFINITY)) {
      newest.set(failure.neighbour, failure);
    }
  }
  return Array.from(newest.values()).toSorted((a, b) => (a.neighbour < b.neighbour ? -1 : 1));
}
