/** The cookie of a reader: how it is made, what it opens, how it ends, and what a page of another site can do with it. */
import * as v from "valibot";
import { describe, it } from "vitest";
import { Problem } from "../../protocol/rest/problem.ts";
import { API } from "../../testing/memory/documented-api.ts";
import { OWNER_TOKEN } from "../../testing/memory/memory-ports.ts";
import { MemoryReaderSessions } from "../../testing/memory/memory-readers.ts";
import { ask, asOwner } from "../../testing/stage/ask.ts";
import { type App, at, logIn, stageReaders } from "../../testing/stage/reader-stage.ts";

describe("the cookie", () => {
  it("[RD3] is HttpOnly and SameSite=Strict, and Secure everywhere but on http of this machine", async ({
    expect,
  }) => {
    const { app } = stageReaders();
    const set = async (origin: string): Promise<string> =>
      (
        await ask(app, `${origin}/api/session`, {
          method: "POST",
          body: JSON.stringify({ token: OWNER_TOKEN }),
        })
      ).headers.get("Set-Cookie") ?? "";
    for (const origin of ["http://localhost:8787", "http://127.0.0.1:9000", "http://[::1]:8787"]) {
      const text = await set(origin);
      expect(text).toMatch(/^vcp_session_\d+=[\w.%-]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/);
      expect(text).toContain(`vcp_session_${new URL(origin).port}=`);
    }
    for (const origin of ["https://radar.example", "http://radar.example", "https://localhost"]) {
      expect(await set(origin)).toMatch(
        /^__Host-vcp_session=[\w.%-]+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      );
    }
  });

  it("[RD3] counts only as it was signed, with the present token, until its end", async ({ expect }) => {
    let now = Date.UTC(2026, 10, 2);
    const clock = { now: () => now };
    const sessions = new MemoryReaderSessions();
    const readers = { rule: "owner", sessions, endSockets: () => Promise.resolve() } as const;
    const { app } = stageReaders({ clock, readers });
    const status = async (cookie: string, on: App = app): Promise<number> =>
      (await ask(on, at("/api/health"), { headers: { Cookie: cookie } })).status;
    const cookie = await logIn(app);
    const [name = "", value = ""] = cookie.split("=");
    expect(await status(cookie)).toBe(200);
    for (const index of [0, 10, 21, 23, 30, 36, 40, 60]) {
      const changed = value.charAt(index) === "A" ? "B" : "A";
      expect(await status(`${name}=${value.slice(0, index)}${changed}${value.slice(index + 1)}`)).toBe(401);
    }
    for (const other of [
      `${name}=`,
      `${name}=${value.slice(0, -4)}`,
      `x=${value}`,
      `__Host-vcp_session=${value}`,
    ]) {
      expect([other, await status(other)]).toEqual([other, 401]);
    }
    const renewed = stageReaders({ clock, readers, ownerToken: `${OWNER_TOKEN}2` }).app;
    expect([await status(cookie, renewed), await status(cookie)]).toEqual([401, 200]);
    now += 30 * 86_400_000 - 1;
    expect(await status(cookie)).toBe(200);
    now += 1;
    expect(await status(cookie)).toBe(401);
  });

  it("[RD3] reads and keeps the alerts: the other routes of the owner ask for the token", async ({
    expect,
  }) => {
    const { app } = stageReaders();
    const cookie = await logIn(app);
    for (const { method, example, path } of API.filter(({ owner, session }) => owner === true && !session)) {
      const { status } = await ask(app, at(example.path), {
        method: method.toUpperCase(),
        headers: { Cookie: cookie },
      });
      expect([path, status]).toEqual([path, 401]);
    }
  });
});

describe("logging in and out", () => {
  it("[RD4] takes the owner's token and nothing else, and records it", async ({ expect }) => {
    const { app, ports } = stageReaders();
    const attempt = (body: string) => ask(app, at("/api/session"), { method: "POST", body });
    for (const token of ["x", OWNER_TOKEN.slice(1), `${OWNER_TOKEN}x`, OWNER_TOKEN.toUpperCase()]) {
      const { status, headers, json } = await attempt(JSON.stringify({ token }));
      expect([token, status, headers.get("Set-Cookie")]).toEqual([token, 401, null]);
      expect(v.parse(Problem, json).detail).toContain(".dev.vars that npm start writes");
    }
    for (const body of ["", "{}", '{"token":""}', '{"token":1}', `{"token":"${"x".repeat(1_025)}"}`, "["]) {
      expect([body, (await attempt(body)).status]).toEqual([body, 400]);
    }
    expect(ports.ownerLog.entries).toEqual([]);
    const { json } = await attempt(JSON.stringify({ token: ` ${OWNER_TOKEN}\n` }));
    expect(json).toMatchObject({ required: true, active: true });
    expect(ports.ownerLog.entries).toMatchObject([{ method: "POST", path: "/api/session", status: 200 }]);
    const closed = stageReaders({ ownerToken: null }).app;
    const nobody = await ask(closed, at("/api/session"), { method: "POST", body: '{"token":"x"}' });
    expect([nobody.status, (await ask(closed, at("/api/session"))).json]).toEqual([
      403,
      { required: true, active: false, expires_at: null },
    ]);
  });

  it("[RD4] ends the session everywhere at the logout, its sockets with it, also when an object is away", async ({
    expect,
  }) => {
    const ended: string[] = [];
    const sessions = new MemoryReaderSessions();
    const endSockets = (session: string): Promise<void> => {
      ended.push(session);
      return Promise.reject(Object.assign(new Error("away"), { neighbour: "Gateway", retryable: true }));
    };
    const { app, ports } = stageReaders({ readers: { rule: "owner", sessions, endSockets } });
    const [one, other] = [await logIn(app), await logIn(app)];
    const headers = { Cookie: one };
    const {
      status,
      json,
      headers: answered,
    } = await ask(app, at("/api/session"), { method: "DELETE", headers });
    expect([status, json]).toEqual([200, { required: true, active: false, expires_at: null }]);
    expect(answered.get("Set-Cookie")).toMatch(
      /^vcp_session_8787=; Max-Age=0; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(one).toContain(`=${ended[0]}.`);
    expect(ports.log.lines.map(({ event }) => event)).toContain("reader_sockets_not_ended");
    expect((await ask(app, at("/api/health"), { headers })).status).toBe(401);
    expect((await ask(app, at("/api/health"), { headers: { Cookie: other } })).status).toBe(200);
    expect((await ask(app, at("/api/session"), { method: "DELETE", headers })).status).toBe(200);
    expect(ended).toHaveLength(1);
  });

  it("[RD4a] refuses an address, and all together, that try too often, the right token with them", async ({
    expect,
  }) => {
    const taken: string[] = [];
    let isFree = true;
    const limits = {
      take: (kind: string, address: string) => {
        taken.push(`${kind} ${address}`);
        return Promise.resolve(kind !== "login" || isFree);
      },
    };
    const { app } = stageReaders({ limits });
    const attempt = (token: string) =>
      ask(app, at("/api/session"), {
        method: "POST",
        body: JSON.stringify({ token }),
        headers: { "CF-Connecting-IP": "192.0.2.7" },
      });
    expect((await attempt("wrong")).status).toBe(401);
    isFree = false;
    const refused = await attempt(OWNER_TOKEN);
    expect([refused.status, refused.headers.get("Retry-After"), refused.headers.get("Set-Cookie")]).toEqual([
      429,
      "60",
      null,
    ]);
    expect(taken.filter((one) => one.startsWith("login"))).toEqual(["login 192.0.2.7", "login 192.0.2.7"]);
    const headers = { "CF-Connecting-IP": "192.0.2.7", Authorization: "Bearer wrong" };
    expect((await ask(app, at("/api/health"), { headers })).status).toBe(401);
    expect(taken.at(-1)).toBe("guess 192.0.2.7");
  });
});

describe("a page of another site", () => {
  it("[RD5] changes nothing, on every route that does, whatever it carries", async ({ expect }) => {
    const { app, ports } = stageReaders();
    const cookie = await logIn(app);
    const writing = API.filter(({ method }) => method !== "get");
    const foreign = [
      { Origin: "https://elsewhere.example" },
      { Origin: "null" },
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site", Origin: "http://localhost:8787" },
    ];
    for (const { method, example, path } of writing) {
      for (const headers of foreign) {
        const { status, json } = await ask(app, at(example.path), {
          method: method.toUpperCase(),
          headers: { ...headers, Cookie: cookie, Authorization: `Bearer ${OWNER_TOKEN}` },
        });
        expect([path, status, v.parse(Problem, json).type]).toEqual([
          path,
          403,
          "/problems/forbidden-origin",
        ]);
      }
    }
    expect([ports.switched, ports.ingest.calls, ports.ownerLog.entries.length]).toEqual([[], [], 1]);
    const own = [
      { Origin: "http://localhost:8787" },
      { "Sec-Fetch-Site": "same-origin" },
      { "Sec-Fetch-Site": "none" },
      {},
    ];
    for (const headers of own) {
      const put = asOwner(OWNER_TOKEN, "PUT", '{"exchange":"DEMO"}');
      const merged = { ...headers, Authorization: `Bearer ${OWNER_TOKEN}` };
      expect((await ask(app, at("/api/admin/exchange"), { ...put, headers: merged })).status).toBe(200);
    }
    expect(writing.length).toBeGreaterThan(10);
  });
});
