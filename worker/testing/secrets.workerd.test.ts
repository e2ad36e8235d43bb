/** Secrets that are planted in the environment and searched for in everything that leaves the Worker or stays in its database. */
import { applyD1Migrations, createExecutionContext, reset, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, it, vi } from "vitest";
import worker from "../index.ts";
import { API } from "./memory/documented-api.ts";

const PLANT = "planted-secret";
/** Of the owner and of every vendor, by the names of `design`: what is not read yet must not appear either. */
const SECRETS: Readonly<Record<string, string>> = {
  OWNER_TOKEN: `${PLANT}-owner`,
  KRX_AUTH_KEY: `${PLANT}-krx`,
  KIS_APP_KEY: `${PLANT}-kis-key`,
  KIS_APP_SECRET: `${PLANT}-kis-secret`,
  KIWOOM_APP_KEY: `${PLANT}-kiwoom-key`,
  KIWOOM_SECRET_KEY: `${PLANT}-kiwoom-secret`,
};

/** What left the Worker: answers with their headers, and lines of the log. */
const seen: string[] = [];

function plantedEnv(broken: boolean): Env {
  return new Proxy(env, {
    get(target, name) {
      if (name === "READERS") {
        return "owner";
      }
      if (name === "DB" && broken) {
        return {
          prepare: () => {
            throw new Error("D1 is away");
          },
        };
      }
      const value: unknown = SECRETS[String(name)] ?? Reflect.get(target, name);
      return value;
    },
  });
}

async function send(
  own: Env,
  path: string,
  init: RequestInit<IncomingRequestCfProperties>,
): Promise<Headers> {
  const ctx = createExecutionContext();
  const response = await worker.fetch(
    new Request<unknown, IncomingRequestCfProperties>(`http://localhost:8787${path}`, init),
    own,
    ctx,
  );
  response.webSocket?.accept();
  response.webSocket?.close(1000);
  const headers = new Headers(response.headers);
  const text = await response.text();
  await waitOnExecutionContext(ctx);
  // The one place where the cookie belongs; the token has none.
  const { "set-cookie": _, ...others } = Object.fromEntries(headers);
  seen.push(`${response.status} ${JSON.stringify(others)} ${text}`);
  return headers;
}

/** Every row of every table: what `npm run backup` takes of the database. */
async function databaseText(): Promise<string> {
  const { results } = await env.DB.prepare(
    "select name from sqlite_master where type = 'table' and name not like '\\_cf%' escape '\\'",
  ).all<{ readonly name: string }>();
  const rows = await Promise.all(
    results.map(async ({ name }) => (await env.DB.prepare(`select * from "${name}"`).all()).results),
  );
  return JSON.stringify(rows);
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("secrets", () => {
  it(
    "[RD7] are in no answer, page, document, log line or row, whoever asks and whatever fails",
    { timeout: 60_000 },
    async ({ expect }) => {
      await reset();
      await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
      for (const level of ["log", "info", "warn", "error", "debug"] as const) {
        vi.spyOn(console, level).mockImplementation((...parts: readonly unknown[]) => {
          seen.push(`log ${JSON.stringify(parts)}`);
        });
      }
      const token = SECRETS["OWNER_TOKEN"] ?? "";
      const own = plantedEnv(false);
      const bearer = { Authorization: `Bearer ${token}` };
      await send(own, "/api/admin/exchange", { method: "PUT", headers: bearer, body: '{"exchange":"KRX"}' });
      const body = JSON.stringify({ token });
      const headers = await send(own, "/api/session", { method: "POST", body });
      const cookie = headers.get("Set-Cookie")?.split(";")[0] ?? "";
      const [, value = ""] = cookie.split("=");
      expect(decodeURIComponent(value)).toMatch(/^[\w-]{22}\.\d+\.[\w+/]{43}=$/);
      await send(own, "/api/session", { method: "POST", body: JSON.stringify({ token: `${token}-almost` }) });
      await send(own, "/api/session", { method: "POST", body: `{"token":"${token}` });
      await send(own, `/api/kr/signals?limit=${token}`, {});
      for (const { method, example, answer } of API.filter(({ path }) => path !== "/api/session")) {
        const upgrade: Record<string, string> = "switch" in answer ? { Upgrade: "websocket" } : {};
        const path = example.path.replace("$ID", "x");
        for (const given of [{}, bearer, { Cookie: cookie }, { Authorization: `Bearer ${token}-almost` }]) {
          await send(own, path, { method: method.toUpperCase(), headers: { ...upgrade, ...given } });
        }
      }
      const broken = plantedEnv(true);
      for (const path of ["/api/health", "/api/kr/signals", "/docs", "/api/session"]) {
        await send(broken, path, { headers: { Cookie: cookie } });
        await send(broken, path, { headers: bearer });
      }
      await send(broken, "/api/session", { method: "POST", body });
      const signature = decodeURIComponent(value).split(".")[2] ?? "";
      const rows = await databaseText();
      expect(rows).toContain("/api/session");
      for (const secret of [PLANT, value, signature, encodeURIComponent(signature)]) {
        expect([secret, seen.filter((text) => text.includes(secret))]).toEqual([secret, []]);
        expect([secret, rows.includes(secret)]).toEqual([secret, false]);
      }
      expect(seen.filter((text) => text.startsWith("log ")).length).toBeGreaterThan(3);
      expect(seen.length).toBeGreaterThan(100);
    },
  );
});
