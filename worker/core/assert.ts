/** Broken invariants stop the program here; expected outcomes never do. */

/** A broken invariant: a fault of the program, which no caller handles. */
export class AssertionError extends Error {
  override readonly name = "AssertionError";
}

/** Throws an {@link AssertionError} unless `condition` is truthy; `message` names the object and its value. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) {
    throw new AssertionError(message);
  }
}

/** Closes an exhaustive switch: compiles only while every case is handled. */
export function assertNever(value: never): never {
  throw new AssertionError(`Unhandled case was ${JSON.stringify(value)}`);
}
