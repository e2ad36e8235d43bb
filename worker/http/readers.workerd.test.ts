/** Who may read: every route of the table, with and without a login, so that a route that is added cannot be forgotten. */
import * as v from "valibot";
import { describe, it } from "vitest";
import { CLOSE } from "../protocol/messages/codes.ts";
import { SOCKET_READER_HEADER } from "../protocol/reader-header.ts";
import { Problem } from "../protocol/rest/problem.ts";
import { API, NO_SOCKETS } from "../testing/memory/documented-api.ts";
import { makeMemoryPorts, type MemoryPorts, OWNER_TOKEN } from "../testing/memory/memory-ports.ts";
import { ask } from "../testing/stage/ask.ts";
import { type App, at, logIn, type ReaderStage, stageReaders } from "../testing/stage/reader-stage.ts";
import { makeApp } from "./app.ts";
import { type ApiRoute, routesOf } from "./request/api-routes.ts";

const FOR_READERS = API.filter(({ owner, open }) => owner !== true && open !== true);
const PLAIN = FOR_READERS.filter(({ answer }) => !("switch" in answer));
const SOCKETS = FOR_READERS.filter(({ answer }) => "switch" in answer);
/** Without the exchange that some examples name: a request that names none is about the active one. */
const pathOf = ({ example }: ApiRoute): string =>
  example.path.replace("$ID", "x").replace(/[?&]exchange=\w+/, "");

const by = ({ method }: ApiRoute): { readonly method: string } => ({ method: method.toUpperCase() });

/** The code with which a socket is closed at once. */
async function closeCodeOf(app: App, path: string, headers: Record<string, string>): Promise<number> {
  const { webSocket } = await app.request(at(path), { headers: { Upgrade: "websocket", ...headers } });
  if (webSocket === null) {
    throw new Error("No socket");
  }
  const closed = new Promise<number>((resolve) => {
    webSocket.addEventListener("close", ({ code }) => {
      resolve(code);
    });
  });
  webSocket.accept();
  return closed;
}

describe("a real exchange under the rule `owner`", () => {
  it("[RD2] is refused on every route without a login", async ({ expect }) => {
    const { app } = stageReaders();
    for (const route of [...PLAIN, ...SOCKETS]) {
      const { status, json, headers } = await ask(app, at(pathOf(route)), by(route));
      const { type, detail } = v.parse(Problem, json);
      expect([route.path, status, type]).toEqual([route.path, 401, "/problems/login-required"]);
      expect(detail).toContain("/login");
      expect(headers.get("Cache-Control")).toBe("no-store");
    }
    expect(PLAIN.length).toBeGreaterThan(18);
  });

  it("[RD2] is answered on every route with a session, and with the owner's token", async ({ expect }) => {
    const { app } = stageReaders();
    const cookie = await logIn(app);
    const header = { Authorization: `Bearer ${OWNER_TOKEN}` };
    for (const route of PLAIN) {
      const open = await ask(makeApp(openPorts()), at(pathOf(route)), by(route));
      for (const headers of [{ Cookie: cookie }, header]) {
        const { status } = await ask(app, at(pathOf(route)), { ...by(route), headers });
        expect([route.path, status]).toEqual([route.path, open.status]);
      }
    }
  });

  it("[RD2] takes no socket without a login, and closes it with a code that a page understands", async ({
    expect,
  }) => {
    const { app, upgrades } = stageReaders();
    const cookie = await logIn(app);
    for (const route of SOCKETS) {
      const origin = { Origin: "http://localhost:8787" };
      expect([route.path, await closeCodeOf(app, pathOf(route), {})]).toEqual([route.path, 4005]);
      expect(await closeCodeOf(app, pathOf(route), { ...origin, [SOCKET_READER_HEADER]: "owner" })).toBe(
        4005,
      );
      expect(upgrades).toEqual([]);
      expect(await closeCodeOf(app, pathOf(route), { ...origin, Cookie: cookie })).toBe(CLOSE.drain.code);
      expect(upgrades.pop()?.get(SOCKET_READER_HEADER)).toMatch(/^\d+ [\w-]{22}$/);
      const bearer = { Authorization: `Bearer ${OWNER_TOKEN}` };
      expect(await closeCodeOf(app, pathOf(route), bearer)).toBe(CLOSE.drain.code);
      expect(upgrades.pop()?.get(SOCKET_READER_HEADER)).toBe("owner");
    }
    expect(SOCKETS.length).toBe(2);
  });

  it("[RD2] leads a page of the Worker to the login and back", async ({ expect }) => {
    const { app } = stageReaders();
    const navigate = { "Sec-Fetch-Mode": "navigate" };
    const { status, headers } = await ask(app, at("/docs"), { headers: navigate });
    expect([status, headers.get("Location")]).toEqual([303, "/login?to=%2Fdocs"]);
    const cookie = await logIn(app);
    const shown = await ask(app, at("/docs"), { headers: { ...navigate, Cookie: cookie } });
    expect(shown.status).toBe(200);
    expect(shown.text).toContain("npx wscat -H &quot;Authorization: Bearer $OWNER_TOKEN&quot; -c");
    expect(shown.text).not.toContain(OWNER_TOKEN);
  });

  it("[RD2] is the exchange that the request is about: the demo stays open, another one stays closed", async ({
    expect,
  }) => {
    const krx = stageReaders();
    const demo = stageReaders({}, "DEMO");
    for (const route of PLAIN) {
      const choosing = "exchange" in (route.query?.entries ?? {});
      const asked = (exchange: string): string =>
        at(`${pathOf(route)}${pathOf(route).includes("?") ? "&" : "?"}exchange=${exchange}`);
      const isRefused = async ({ app }: ReaderStage, path: string): Promise<boolean> =>
        (await ask(app, path, by(route))).status === 401;
      expect([route.path, await isRefused(demo, at(pathOf(route)))]).toEqual([route.path, false]);
      expect([route.path, await isRefused(demo, asked("KRX"))]).toEqual([route.path, choosing]);
      expect([route.path, await isRefused(krx, asked("DEMO"))]).toEqual([route.path, !choosing]);
      const { json } = await ask(krx.app, asked("DEMO"));
      const body = v.safeParse(v.object({ exchange: v.string() }), json);
      expect([route.path, body.success ? body.output.exchange : "DEMO"]).toEqual([route.path, "DEMO"]);
    }
    expect((await ask(krx.app, at("/api/kr/signals?exchange=DEMO&exchange=KRX"))).status).toBe(400);
  });

  it("[RD2] knows no route beside the table: whatever is registered stands in it", ({ expect }) => {
    const { app } = stageReaders();
    const registered = app.routes
      .filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method} ${path}`);
    const known = routesOf(app).map(
      ({ method, path }) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`,
    );
    expect(new Set(registered)).toEqual(new Set(known));
    expect(FOR_READERS.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["/openapi.json", "/docs", "/api/health"]),
    );
  });

  it("[RD2] has no open route but those of logging in and out and of the key and the tokens of push, whoever adds one", ({
    expect,
  }) => {
    const open = API.filter((route) => route.open === true).map(({ method, path }) => `${method} ${path}`);
    expect(open.toSorted()).toEqual([
      "delete /api/push/subscriptions/{id}",
      "delete /api/session",
      "get /api/push",
      "get /api/push/subscriptions/{id}",
      "get /api/push/subscriptions/{id}/log",
      "get /api/session",
      "post /api/push/subscriptions/{id}/test",
      "post /api/session",
      "put /api/push/subscriptions/{id}",
    ]);
  });

  it("[RD2] is open to everyone under the rule `public`", async ({ expect }) => {
    const app = makeApp(openPorts());
    for (const route of PLAIN) {
      expect([route.path, (await ask(app, at(pathOf(route)), by(route))).status === 401]).toEqual([
        route.path,
        false,
      ]);
    }
  });
});

function openPorts(): MemoryPorts {
  const ports = makeMemoryPorts({ sockets: NO_SOCKETS });
  ports.settings.exchange = "KRX";
  return ports;
}
