/** A bounded wait for a neighbour: a request must not hang on one that is silent. */

/** The answer, or an Error when there is none within `ms` milliseconds. What was asked goes on; its answer is not read. */
export async function within<T>(ms: number, ask: () => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`No answer within ${ms} ms`));
    }, ms);
  });
  try {
    return await Promise.race([ask(), silence]);
  } finally {
    clearTimeout(timer);
  }
}
