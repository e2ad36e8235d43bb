/** Requests with the owner's token to a real Worker. */
import type { ConstructedMarket } from "../builders/constructed-market.ts";
import type { RealWorker } from "./real-worker.ts";

/** Gives the parsed answer, and throws with the server's text when it refuses. */
export async function askOwner(
  worker: Pick<RealWorker, "url" | "ownerToken">,
  method: "POST" | "PUT",
  path: string,
  body: string,
  type = "application/json",
): Promise<unknown> {
  const response = await fetch(`${worker.url}${path}`, {
    method,
    body,
    headers: { Authorization: `Bearer ${worker.ownerToken}`, "Content-Type": type },
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  }
  return JSON.parse(text);
}

/** A constructed market as the bars of KRX. Gives the report of the bars. */
export async function sendMarket(
  worker: Pick<RealWorker, "url" | "ownerToken">,
  { instruments, indices, bars }: Pick<ConstructedMarket, "instruments" | "indices" | "bars">,
): Promise<unknown> {
  await askOwner(worker, "POST", "/api/admin/instruments?exchange=KRX", instruments, "text/csv");
  await askOwner(worker, "POST", "/api/admin/indices?exchange=KRX", indices, "text/csv");
  return askOwner(worker, "POST", "/api/admin/bars?exchange=KRX", bars, "text/csv");
}
