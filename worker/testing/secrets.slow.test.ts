/** RD7 on the whole product: real keys before vendors that repeat them in their refusals, and a search of all that an owner keeps or sees. */
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, it } from "vitest";
import { projectRoot } from "../cli/terminal/project-root.ts";
import type { TradingDay } from "../core/calendar/trading-day.ts";
import { dayOf } from "./builders/signal-builder.ts";
import { readRecords } from "./faults/stored-records.ts";
import { API } from "./memory/documented-api.ts";
import { runOwnerCommand } from "./stage/owner-commands.ts";
import { inSeoul, RealDays, type StartOptions } from "./stage/real-days.ts";
import { waitUntil } from "./stage/wait-until.ts";

const SECRETS = {
  KRX_AUTH_KEY: "planted-krx-key",
  KIS_APP_KEY: "planted-kis-key",
  KIS_APP_SECRET: "planted-kis/secret+of=it",
  KIWOOM_APP_KEY: "planted-kiwoom-key",
  KIWOOM_SECRET_KEY: "planted-kiwoom/secret+of=it",
} as const;
/** As the fake of KIS issues them. */
const TOKEN = "fake-token-";
const DAY = dayOf("2026-09-15");
const [MORNING, EVENING] = [8 * 60 + 45, 15 * 60 + 35];
const START: StartOptions = { sources: "krx kis", speed: 10, vars: { ...SECRETS, READERS: "owner" } };
const LISTEN_MS = 1_500;
const PATIENCE_MS = 30_000;

/** Served by the Worker, by its assets, and by nobody. */
const PAGES = [
  "/",
  "/login",
  "/status",
  "/runs",
  "/performance",
  "/signal/x",
  "/nothing",
  "/docs",
  "/openapi.json",
];

/** Everything that left the product, by where it was found. */
const found = new Map<string, string>();

function keep(place: string, text: string): void {
  found.set(place, `${found.get(place) ?? ""}\n${text}`);
}

/** Every file below a folder, unpacked. */
function filesIn(folder: string): readonly (readonly [path: string, text: string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile()) {
      return [];
    }
    const bytes = readFileSync(path);
    const text = path.endsWith(".gz") ? gunzipSync(bytes) : bytes;
    return [[path, text.toString("latin1")] as const];
  });
}

/** What a command prints, whether it succeeds or not. */
function printed(script: string, args: readonly string[], ownerToken: string): Promise<string> {
  const env = { ...process.env, ...SECRETS, OWNER_TOKEN: ownerToken };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(projectRoot, "worker/cli", script), ...args],
      { env },
      (_, out, error) => {
        resolve(out + error);
      },
    );
  });
}

describe("secrets of a real market", () => {
  const folder = mkdtempSync(join(tmpdir(), "vcp-secrets-"));
  const stateDir = join(folder, "state");
  const exchange = { first: dayOf("2026-08-10"), last: dayOf("2026-10-16"), names: 40, seed: 1 };
  const days = new RealDays({ exchange, stateDir });

  async function startAt(day: TradingDay, minute: number): Promise<void> {
    await days.startAt(inSeoul(day, minute), START);
    const { krx, kis, tricks } = days.vendors;
    krx.key = SECRETS.KRX_AUTH_KEY;
    kis.credentials = { appKey: SECRETS.KIS_APP_KEY, appSecret: SECRETS.KIS_APP_SECRET };
    tricks.echo = true;
  }

  /** The clock's turn ends in a row with this reason. */
  async function turnTo(reason: RegExp): Promise<void> {
    await days.turn();
    const hasCome = (): boolean =>
      readRecords(stateDir, "KRX").runs.some((run) => reason.test(run.reason ?? ""));
    await waitUntil(async () => Promise.resolve(hasCome()), String(reason), PATIENCE_MS);
  }

  /** Whatever the vendors refuse, they repeat what they were sent. */
  async function beRefused(): Promise<void> {
    const { krx, kis } = days.vendors;
    krx.traps.failing = 1_000;
    kis.traps.failing = 1_000;
    await turnTo(/^evening_snapshot 2026-09-16: failed, /);
    await turnTo(/^backfill .*: failed, KRX failed to /);
    krx.traps.failing = 0;
    kis.traps.failing = 0;
    krx.key = "another";
    kis.credentials = { appKey: "another", appSecret: "another" };
    kis.tokens.expire();
    await turnTo(/denied, krx: bad_key/);
    await turnTo(/denied, kis: bad_key/);
  }

  /** As the page's own socket, until it is closed: what happens meanwhile is sent to it. */
  function openSocket(path: string): WebSocket {
    const { url, ownerToken } = days.worker;
    const options = { headers: { Authorization: `Bearer ${ownerToken}` } };
    const socket: WebSocket = Reflect.construct(WebSocket, [`${url.replace("http", "ws")}${path}`, options]);
    const [{ listing } = { listing: null }] = days.exchange.rows(DAY);
    socket.addEventListener("open", () => {
      const topics = ["signal:vcp", "market_gate", "scan", "feed", "index:KOSPI", `price:${listing?.ticker}`];
      socket.send(JSON.stringify({ type: "subscribe", topics }));
    });
    socket.addEventListener("message", ({ data }) => {
      keep(`socket ${path}`, String(data));
    });
    return socket;
  }

  async function listen(path: string): Promise<void> {
    const socket = openSocket(path);
    await sleep(LISTEN_MS);
    socket.close();
  }

  /** What a reader's browser gets without the page's code: every page, and the files that are served beside them where they are built. */
  async function browse(cookie: string): Promise<void> {
    for (const path of PAGES) {
      for (const headers of [{}, { Cookie: cookie }]) {
        const response = await fetch(`${days.worker.url}${path}`, {
          headers: { Accept: "text/html", ...headers },
        });
        keep(`page ${path}`, `${JSON.stringify([...response.headers])} ${await response.text()}`);
      }
    }
    for (const [path, text] of filesIn(join(projectRoot, "dist", "web"))) {
      keep(`asset ${path}`, text);
    }
  }

  async function walk(): Promise<void> {
    const { url, ownerToken } = days.worker;
    const login = await fetch(`${url}/api/session`, {
      method: "POST",
      body: JSON.stringify({ token: ownerToken }),
    });
    const cookie = login.headers.get("Set-Cookie")?.split(";")[0] ?? "";
    await browse(cookie);
    for (const { method, example, path } of API.filter((route) => route.path !== "/api/session")) {
      for (const headers of [{}, { Authorization: `Bearer ${ownerToken}` }, { Cookie: cookie }]) {
        const response = await fetch(`${url}${example.path.replace("$ID", "x")}`, {
          method: method.toUpperCase(),
          headers,
        });
        const { "set-cookie": _, ...others } = Object.fromEntries(response.headers);
        keep(`${method} ${path}`, `${JSON.stringify(others)} ${await response.text()}`);
      }
    }
    for (const { path } of API.filter(({ answer }) => "switch" in answer)) {
      await listen(path.replaceAll(/\{\w+\}/g, "signal:vcp"));
    }
  }

  beforeAll(async () => {
    for (const [day, minute] of [
      [DAY, MORNING],
      [DAY, EVENING],
    ] as const) {
      await startAt(day, minute);
      await days.turn();
      keep("log", days.worker.output());
    }
    await startAt(days.exchange.nextSession(DAY), EVENING);
    const socket = openSocket("/ws");
    await beRefused();
    socket.close();
    await walk();
    const { worker } = days;
    const backup = join(folder, "backup");
    const args = [backup, "--to", worker.url, "--state", stateDir];
    keep("npm run backup", await runOwnerCommand(worker, "backup.ts", args));
    keep("npm run doctor", await printed("deploy/doctor.ts", ["--to", worker.url], worker.ownerToken));
    keep("log", worker.output());
    for (const [path, text] of filesIn(backup)) {
      keep(`backup ${path.slice(backup.length)}`, text);
    }
    for (const [path, text] of filesIn(join(stateDir, "v3", "d1"))) {
      keep(`D1 ${path.slice(stateDir.length)}`, text);
    }
  }, 200_000);

  afterAll(async () => {
    await days.end();
    rmSync(folder, { recursive: true, force: true });
  });

  it("[RD7] no key, secret or token is in an answer, a frame, a log line, a backup or the database", ({
    expect,
  }) => {
    const { ownerToken } = days.worker;
    const plain = [...Object.values(SECRETS), ownerToken, TOKEN];
    const forms = plain.flatMap((secret) => [secret, encodeURIComponent(secret), encodeURI(secret)]);
    const leaks = [...found].flatMap(([place, text]) =>
      forms.filter((secret) => text.includes(secret)).map((secret) => `${secret} in ${place}`),
    );
    expect(leaks).toEqual([]);
  });

  it("[RD7] the search looked where a secret could have gone: the vendors were asked, refused, and repeated it", ({
    expect,
  }) => {
    const { kis, krx } = days.vendors;
    expect([krx.callsInAll > 6, kis.tokens.messages > 0, kis.dataCalls > 2]).toEqual([true, true, true]);
    const everywhere = [...found.values()].join("\n");
    for (const outcome of ["denied, krx: bad_key", "denied, kis: bad_key", "failed, KRX failed to answer"]) {
      expect([outcome, everywhere.includes(outcome)]).toEqual([outcome, true]);
    }
    expect(found.get("log")).toContain('"market_step_ended"');
    expect(found.get("backup /bars-KRX.csv.gz") ?? "").toContain("krx/regular/final");
    expect([...found.keys()].filter((place) => place.startsWith("socket ")).length).toBeGreaterThan(1);
    // The page's socket stood open while the vendors refused, and what a scan publishes came over it.
    expect(found.get("socket /ws") ?? "").toContain('"type":"market_gate_update"');
    expect([...found.keys()].filter((place) => place.startsWith("page ")).length).toBeGreaterThanOrEqual(
      PAGES.length,
    );
    expect([...found.keys()].filter((place) => place.startsWith("D1 ")).length).toBeGreaterThan(0);
    expect(found.size).toBeGreaterThan(40);
  });

  it("[RD7] the object keeps a token because it must, and neither key nor secret", ({ expect }) => {
    const objects = filesIn(join(stateDir, "v3", "do"));
    const kept = Object.values(SECRETS).filter((secret) => objects.some(([, text]) => text.includes(secret)));
    expect([kept, objects.some(([, text]) => text.includes(TOKEN))]).toEqual([[], true]);
  });
});
