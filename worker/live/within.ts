/** How long a neighbour is waited for. What it does all the same, later, must be harmless. */
import { OutOfReach } from "./out-of-reach.ts";

/** The answer; rejects with {@link OutOfReach} when none has come in time. */
export async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new OutOfReach(`No answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}
