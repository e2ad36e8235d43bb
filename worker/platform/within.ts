/** A bounded wait for a neighbour: nothing here hangs on one that is silent. */
import { type Neighbour, NeighbourError } from "../app/ports/neighbour-error.ts";

/**
 * The answer of `neighbour`; a retryable {@link NeighbourError} when none comes within `ms` milliseconds. What was asked goes
 * on and must be harmless when it is done later; its answer is not read.
 */
export async function within<T>(ms: number, neighbour: Neighbour, answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new NeighbourError(`${neighbour} gave no answer within ${ms} ms`, { neighbour, retryable: true }),
      );
    }, ms);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}
