/** The state of a Worker that was just started, as one line. */
import { join } from "node:path";
import * as v from "valibot";
import { FRONT_KEY_HEADER } from "../../protocol/front-key-header.ts";
import { HealthBody } from "../../protocol/rest/health.ts";
import { BackfillBody } from "../../protocol/rest/owner.ts";
import { findOwnerToken } from "../terminal/owner-token.ts";
import { projectRoot } from "../terminal/project-root.ts";
import type { FrontTarget } from "./front.ts";

/** Where the Worker of `npm start` has its token from. */
const DEV_VARS = join(projectRoot, ".dev.vars");

/** `preparing`: the demo's past is on its way into the book. `text` names the exchange that is shown, and what it holds. */
export interface DataState {
  readonly preparing: boolean;
  readonly rows: number;
  readonly text: string;
}

/** `null` while nothing answers. */
export async function readDataState(worker: FrontTarget): Promise<DataState | null> {
  try {
    const response = await askHealth(worker, 10_000);
    const health = v.safeParse(v.pipe(v.string(), v.parseJson(), HealthBody), await response.text());
    return health.success ? stateOf(health.output) : refusalOf(response.status);
  } catch {
    return null;
  }
}

/** Asks the Worker behind the front. Rejects when it does not answer in time. */
export async function askHealth({ port, key }: FrontTarget, timeoutMs: number): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}/api/health`, {
    headers: { [FRONT_KEY_HEADER]: key, ...ownerHeader() },
    signal: AbortSignal.timeout(timeoutMs),
  });
}

/** Has the Worker behind the front begin with the past of the real market, as `npm run backfill` does. Rejects when it does not answer. */
export async function beginBackfill(worker: FrontTarget): Promise<BackfillBody> {
  return askBackfill(worker, "POST");
}

/** How far the past of the real market is; `POST` begins it. Rejects as {@link beginBackfill} does. */
export async function askBackfill({ port, key }: FrontTarget, method: "GET" | "POST"): Promise<BackfillBody> {
  const response = await fetch(`http://127.0.0.1:${port}/api/admin/backfill?exchange=KRX`, {
    method,
    headers: { [FRONT_KEY_HEADER]: key, ...ownerHeader() },
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`the Worker answered ${response.status}`);
  }
  return v.parse(v.pipe(v.string(), v.parseJson(), BackfillBody), text);
}

/** The exchange that is shown. Rejects when the Worker does not answer in time. */
export async function shownExchange(worker: FrontTarget): Promise<HealthBody["exchange"]> {
  const response = await askHealth(worker, 10_000);
  return v.parse(v.pipe(v.string(), v.parseJson(), HealthBody), await response.text()).exchange;
}

/** A market that is not open to everyone is shown to the owner, who started this. Without a token the answer states what is missing. */
function ownerHeader(): Readonly<Record<string, string>> {
  const token = findOwnerToken(DEV_VARS);
  return token === null ? {} : { Authorization: `Bearer ${token}` };
}

function stateOf(health: HealthBody): DataState {
  const preparing = health.feed?.state === "preparing";
  return { preparing, rows: health.book.rows, text: describeData(health) };
}

/** The book that takes in the demo's past may be too busy to answer in time. */
function refusalOf(status: number): DataState {
  return { preparing: status === 503, rows: 0, text: `answers ${status}, not ready` };
}

function describeData({ exchange, book }: Pick<HealthBody, "exchange" | "book">): string {
  if (book.tickers === 0) {
    return `${exchange}: no bars yet; \`npm run import -- FILE --use\` brings some`;
  }
  const count = book.tickers.toLocaleString("en-US");
  return `${exchange}: ${count} tickers, ${book.sessions} sessions up to ${book.last_day ?? "-"}`;
}
