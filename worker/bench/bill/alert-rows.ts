/** What alerts ask of the platform: the same minute and the same end of a session of the demo without a rule, and with rules whose messages arrive. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeOwnerClient } from "../../cli/terminal/owner-client.ts";
import { serveVendor } from "../../testing/fakes/serve-vendor.ts";
import { startWorker } from "../../testing/stage/real-worker.ts";
import { waitUntil } from "../../testing/stage/wait-until.ts";
import { lineOf, takeCounts } from "./count-table.ts";

const MINUTE_MS = 60_000;
const BIRTH_MS = 120_000;
/** A message gathers for a second, and a rule has five a minute. */
const SETTLE_MS = 15_000;
const RULES = 5;
const KINDS = ["new", "near", "touched", "confirmed", "squat", "failed", "extended", "gate"];

type Send = (method: "PUT" | "POST", path: string, body: object) => Promise<unknown>;

async function makeRules(send: Send, url: string): Promise<void> {
  const channel = { kind: "webhook", name: "bench", url: `${url}/hook`, template: "raw" };
  await send("PUT", "/api/alerts/channels/bench", channel);
  const rest = { cooldown: 0, quiet: null, digest: false, only_open: false, language: "ko" };
  for (let n = 0; n < RULES; n++) {
    const rule = { name: `rule ${n}`, on: true, kinds: KINDS, within: 3, scope: { kind: "all" }, ...rest };
    await send("PUT", `/api/alerts/rules/r${n}`, { ...rule, channels: ["bench"] });
  }
}

export async function alertRows(): Promise<void> {
  const stateDir = await mkdtemp(join(tmpdir(), "vcp-bill-"));
  let messages = 0;
  const receiver = await serveVendor(() => {
    messages += 1;
    return new Response("taken");
  });
  const worker = await startWorker({
    stateDir,
    entry: "worker/bench/bill/counting-worker.ts",
    config: "wrangler.toml",
    vars: { ALERT_TARGETS: receiver.url },
  });
  const client = makeOwnerClient({ url: new URL(worker.url), token: worker.ownerToken });
  const send: Send = async (method, path, body) => {
    const bytes = new Uint8Array(Buffer.from(JSON.stringify(body)));
    return client.send(method, path, { type: "application/json", bytes });
  };
  const row = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    await takeCounts(worker.url);
    messages = 0;
    await work();
    await sleep(SETTLE_MS);
    const counts = await takeCounts(worker.url);
    const own = Object.entries(counts).filter(([name]) => name.startsWith("Alerts."));
    const named = own.map(([name, count]) => `${name} ${count}`).join(", ");
    process.stdout.write(
      `${lineOf(what, counts)}; ${messages} messages; of the object: ${named || "nothing"}\n`,
    );
  };
  const both = async (name: string): Promise<void> => {
    await row(`alerts: a minute of the demo, ${name}`, async () => sleep(MINUTE_MS));
    await row(`alerts: the end of a session of it, ${name}`, async () =>
      send("POST", "/api/admin/demo", { advance: "session" }),
    );
  };
  try {
    await waitUntil(
      async () => (await (await fetch(`${worker.url}/api/kr/runs`)).text()).includes('"done"'),
      "the demo's past is scanned",
      BIRTH_MS,
    );
    // What the birth of the demo sets going is no part of a minute.
    await sleep(MINUTE_MS);
    await both("no rule");
    await makeRules(send, receiver.url);
    await both("five rules for all");
  } finally {
    await worker.stop();
    await receiver.end();
    await rm(stateDir, { recursive: true, force: true });
  }
}
