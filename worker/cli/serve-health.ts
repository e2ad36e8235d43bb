/** What a Worker that was just started says of itself, as one line. */
import * as v from "valibot";
import { HealthBody } from "../protocol/health.ts";

/** `null` while nothing answers. The text after the address: which exchange is shown, and what it holds. */
export async function readDataState(url: string): Promise<string | null> {
  try {
    const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(10_000) });
    const health = v.safeParse(v.pipe(v.string(), v.parseJson(), HealthBody), await response.text());
    return health.success ? describeData(health.output) : `answers ${response.status}, not ready`;
  } catch {
    return null;
  }
}

function describeData({ exchange, book }: Pick<HealthBody, "exchange" | "book">): string {
  if (book.tickers === 0) {
    return `${exchange}: no bars yet; \`npm run import -- FILE --use\` brings some`;
  }
  const count = book.tickers.toLocaleString("en-US");
  return `${exchange}: ${count} tickers, ${book.sessions} sessions up to ${book.last_day ?? "-"}`;
}
