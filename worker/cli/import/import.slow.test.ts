import { appendFileSync } from "node:fs";
import { it, vi } from "vitest";
import {
  HEADER,
  run,
  startFakeWorker,
  useFakeWorkers,
  write,
} from "../../testing/stage/fake-owner-worker.ts";
import { PIECE_BYTES } from "../files/csv-chunks.ts";
import { findFreePort } from "../serve/local-port.ts";
import { makeOwnerClient } from "../terminal/owner-client.ts";
import { scanExchange, sendBars } from "./send-files.ts";

// Every test starts processes; a busy machine is slow at that.
vi.setConfig({ testTimeout: 120_000 });
useFakeWorkers();

/** About 9 MiB: three chunks. */
function largeFile(): string {
  let text = HEADER;
  for (let ticker = 0; ticker < 600; ticker++) {
    for (let day = 0; day < 365; day++) {
      const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
      text += `${String(ticker * 10).padStart(6, "0")},${date},100,110,90,105,1000\n`;
    }
  }
  return text;
}

it("[CL9] sends chunks of one import in order and goes on where the Worker stands", async ({ expect }) => {
  const fake = await startFakeWorker();
  const text = largeFile();
  const path = write("large.csv", text);
  const client = makeOwnerClient({ url: fake.url, token: "t" });
  const whole = await sendBars(client, "KRX", [path], () => {});
  const posts = fake.calls.filter((call) => call.method === "POST");
  expect(posts.map((call) => call.url.searchParams.get("chunk"))).toEqual(posts.map((_, i) => String(i)));
  expect(
    posts.map((call) => call.url.searchParams.get("last")).filter((last) => last === "true"),
  ).toHaveLength(1);
  expect(new Set(posts.map((call) => call.url.searchParams.get("import"))).size).toBe(1);
  expect(posts.length).toBeGreaterThan(1);
  expect(Math.max(...posts.map((call) => call.bytes.length))).toBeLessThanOrEqual(PIECE_BYTES);
  expect(posts.map((call) => call.bytes.toString().slice(HEADER.length)).join("")).toBe(
    text.slice(HEADER.length),
  );
  expect(whole).toMatchObject({ skipped: 0, counts: { rows: 600 * 365, accepted: 600 * 365 } });

  fake.calls.length = 0;
  fake.next.chunk = posts.length - 1;
  const rest = await sendBars(client, "KRX", [path], () => {});
  const again = fake.calls.filter((call) => call.method === "POST");
  expect(again.map((call) => call.url.search)).toEqual([posts.at(-1)?.url.search]);
  expect(rest.skipped).toBe(posts.length - 1);
});

it("[CL9] sends nothing of a file that breaks off being text further down", async ({ expect }) => {
  const fake = await startFakeWorker();
  const path = write("late.csv", largeFile());
  // The text 종목 in CP949, in the last of three chunks.
  appendFileSync(path, Buffer.from([0xc1, 0xbe, 0xb8, 0xf1, 0x0a]));
  const client = makeOwnerClient({ url: fake.url, token: "t" });
  await expect(sendBars(client, "KRX", [path], () => {})).rejects.toThrow(
    "late.csv: not UTF-8 (looks like CP949)",
  );
  expect(fake.calls).toEqual([]);
});

it("[CL10] tries again what passes, a bounded number of times", async ({ expect }) => {
  const fake = await startFakeWorker();
  const client = makeOwnerClient({ url: fake.url, token: "t", pauseMs: 1 });
  fake.queue.push({ status: 503 }, { status: 429, retryAfter: "0" }, { status: 200, body: { ok: true } });
  expect(await client.send("GET", "/x")).toEqual({ ok: true });
  expect(fake.calls).toHaveLength(3);

  fake.calls.length = 0;
  fake.queue.push(...Array.from({ length: 20 }, () => ({ status: 503 })));
  await expect(client.send("GET", "/x")).rejects.toThrow("/x answered 503");
  expect(fake.calls).toHaveLength(6);
});

it("[CL10] reports a refusal at once, with the Worker's text", async ({ expect }) => {
  const fake = await startFakeWorker();
  const client = makeOwnerClient({ url: fake.url, token: "t", pauseMs: 1 });
  const problem = {
    type: "/problems/unreadable-file",
    title: "t",
    status: 400,
    detail: "columns missing: close",
    request_id: "r",
  };
  fake.queue.push({ status: 400, body: problem });
  await expect(client.send("POST", "/api/admin/bars?a=b")).rejects.toThrow(
    "/api/admin/bars answered 400: columns missing: close",
  );
  expect(fake.calls).toHaveLength(1);
});

it("[CL11] reports that no Worker runs and that the token is refused, without the token", async ({
  expect,
}) => {
  const bars = write("bars.csv", `${HEADER}000020,2025-06-12,1,1,1,1,1\n`);
  const nobody = `http://127.0.0.1:${await findFreePort()}`;
  const none = await run("import.ts", [bars, "--to", nobody], "secret-token");
  expect(none).toMatchObject({ code: 1, out: "" });
  expect(none.err).toContain(`No Worker answers at ${nobody} (ECONNREFUSED). Start one with \`npm start\``);
  const fake = await startFakeWorker();
  fake.queue.push({ status: 401 });
  const refused = await run("use.ts", ["KRX", "--to", fake.url.href], "secret-token");
  expect(refused).toMatchObject({ code: 1, out: "" });
  expect(refused.err).toContain("refuses the owner's token (401)");
  expect(fake.calls.at(-1)?.token).toBe("Bearer secret-token");
  expect(none.err + refused.err).not.toContain("secret-token");
  expect(await run("import.ts", [], "t")).toMatchObject({ code: 2 });
  expect(await run("use.ts", ["NYSE"], "t")).toMatchObject({ code: 2 });
});

it("[CL12][CL22] sends the master first and adds up one report a file", async ({ expect }) => {
  const fake = await startFakeWorker();
  const bars = write(
    "bars.csv",
    `${HEADER}000020,2025-06-12,1,1,1,1,1\n000020,2025-06-12,1,1,1,1,1\n000020,2025-06-13,0,0,0,1,0\n`,
  );
  const instruments = write("instruments.csv", "ticker,name,market\n000020,가,KOSPI\n");
  const indices = write("indices.csv", "index,date,open,high,low,close,volume\nKOSPI,2025-06-12,1,1,1,1,1\n");
  const files = [bars, "--instruments", instruments, "--indices", indices];
  const done = await run("import.ts", [...files, "--to", fake.url.href, "--use"], "t");
  expect(done.code).toBe(0);
  const paths = fake.calls
    .filter((call) => call.method !== "GET")
    .map((call) => `${call.method} ${call.url.pathname}`);
  expect(paths).toEqual([
    "POST /api/admin/instruments",
    "POST /api/admin/indices",
    "POST /api/admin/bars",
    "POST /api/admin/corrections",
    "PUT /api/admin/exchange",
    "POST /api/kr/scan",
  ]);
  expect(fake.calls.at(-2)?.bytes.toString()).toBe('{"exchange":"KRX"}');
  expect(done.out).toContain(
    `${bars}: 3 rows from 2025-06-12 to 2025-06-13, 2 accepted (2 added, 0 replaced, 0 unchanged, 1 halted)`,
  );
  expect(done.out).toContain(
    `${bars}: 1 row refused: 1 duplicate_date (the same day again; the later row counts)\n  line 2 (000020 2025-06-12): duplicate_date\n`,
  );
  expect(done.out).toContain("KRX is the active exchange.\nScanned: 4 listed.");
});

it("[CL22] prints why there was nothing sound to scan", async ({ expect }) => {
  const fake = await startFakeWorker();
  const body = {
    type: "/problems/scan-skipped",
    title: "t",
    status: 409,
    detail: "partial_day",
    request_id: "r",
  };
  fake.queue.push({ status: 409, body });
  const client = makeOwnerClient({ url: fake.url, token: "t" });
  expect(await scanExchange(client, "KRX")).toBe("Not scanned: /api/kr/scan answered 409: partial_day");
});
