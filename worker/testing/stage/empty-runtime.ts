/** For files of tests that share a runtime: each begins with empty objects and an empty database, whichever ran before it. */
import { listDurableObjectIds, reset, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll } from "vitest";

/** The names by which more than one file asks for an object. */
const [EXCHANGES, ALERTS] = [["DEMO", "KRX"], ["alerts"]];
const TOPICS = ["signal:vcp", "market_gate", "scan", "feed", "index:KOSPI", "index:KOSDAQ"];

/** Into the memory, if they are stored. */
async function wake<T extends Rpc.DurableObjectBranded>(
  namespace: DurableObjectNamespace<T>,
  names: readonly string[],
): Promise<void> {
  const stored = new Set((await listDurableObjectIds(namespace)).map(String));
  const left = names.filter((name) => stored.has(String(namespace.idFromName(name))));
  await Promise.all(left.map(async (name) => runInDurableObject(namespace.getByName(name), () => undefined)));
}

/**
 * `reset` passes over an object that has left the memory, with what it stores and its alarm. On a slow machine each does that after ten
 * idle seconds, so those that a file may find again are brought back before.
 */
beforeAll(async () => {
  await wake(env.MARKET_BOOK, EXCHANGES);
  await wake(env.MARKET_FEED, EXCHANGES);
  await wake(env.TOPIC, TOPICS);
  await wake(env.ALERTS, ALERTS);
  await reset();
});
