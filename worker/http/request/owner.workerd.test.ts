/** The check of the owner's token, on every route that needs it. */
import * as v from "valibot";
import { describe, it } from "vitest";
import { OwnerActionsBody } from "../../protocol/rest/owner.ts";
import { Problem } from "../../protocol/rest/problem.ts";
import { ask, asOwner } from "../../testing/stage/ask.ts";
import { API } from "../../testing/memory/documented-api.ts";
import { makeMemoryPorts, OWNER_TOKEN } from "../../testing/memory/memory-ports.ts";
import { makeApp } from "../app.ts";

const OWNER_ROUTES = API.filter(({ owner }) => owner === true).map(
  ({ method, example }) => [method.toUpperCase(), example.path] as const,
);

describe("the owner's token", () => {
  it("[RT3] [RT21] is asked for where the document has it, and on everything that writes", async ({
    expect,
  }) => {
    const app = makeApp(makeMemoryPorts());
    for (const { method, path, answer, owner, open } of API.filter((route) => !("switch" in route.answer))) {
      const { status } = await ask(app, path.replaceAll(/[{}]/g, ""), { method: method.toUpperCase() });
      expect([method, path, status === 401]).toEqual([method, path, owner === true]);
      // Logging in and out writes a session of the reader and nothing else, a push subscription the rules of its browser.
      const isPush = path.startsWith("/api/push/");
      expect(owner === true || open === true || isPush || method === "get" || "switch" in answer).toBe(true);
    }
  });

  it.for(OWNER_ROUTES)("[RT3] is shut for %s %s without the secret", async ([method, path], { expect }) => {
    const ports = makeMemoryPorts();
    const app = makeApp(ports);
    const wrong = [
      "",
      "Bearer",
      "Bearer ",
      `Bearer ${OWNER_TOKEN}x`,
      `Bearer ${OWNER_TOKEN.slice(1)}`,
      `Basic ${OWNER_TOKEN}`,
      OWNER_TOKEN,
    ];
    for (const header of wrong) {
      const { status, headers, json } = await ask(app, path, { method, headers: { Authorization: header } });
      expect([header, status]).toEqual([header, 401]);
      expect(headers.get("WWW-Authenticate")).toContain("Bearer");
      const { type, detail } = v.parse(Problem, json);
      expect(type).toBe("/problems/unauthorized");
      expect(detail).toContain(".dev.vars that npm start writes");
      expect(detail).not.toContain(OWNER_TOKEN);
    }
    expect([ports.ingest.calls, ports.books.DEMO.requests, ports.switched]).toEqual([[], [], []]);
    const right = await ask(app, path, asOwner(OWNER_TOKEN, method));
    expect(right.status).not.toBe(401);
  });

  it.for(OWNER_ROUTES)(
    "[RT3a] stays shut for %s %s while no secret is configured",
    async ([method, path], { expect }) => {
      for (const ownerToken of [null, ""]) {
        const app = makeApp(makeMemoryPorts({ ownerToken }));
        for (const header of ["", "Bearer ", "Bearer null", `Bearer ${OWNER_TOKEN}`]) {
          const { status, json } = await ask(app, path, { method, headers: { Authorization: header } });
          expect([status, v.parse(Problem, json).type]).toEqual([403, "/problems/owner-not-configured"]);
        }
      }
    },
  );
});

describe("the owner's log", () => {
  it("[RT25] has a row for each request that changes something, with how it ended", async ({ expect }) => {
    const ports = makeMemoryPorts();
    const app = makeApp(ports);
    const writing = OWNER_ROUTES.filter(([method]) => method !== "GET");
    for (const [method, path] of OWNER_ROUTES) {
      await ask(app, path, {
        method,
        headers: { Authorization: "Bearer wrong", "CF-Connecting-IP": "2001:db8::1" },
      });
    }
    expect(ports.ownerLog.entries).toEqual([]);
    const statuses: number[] = [];
    for (const [method, path] of OWNER_ROUTES) {
      const { status } = await ask(app, path, {
        method,
        headers: { Authorization: `Bearer ${OWNER_TOKEN}`, "CF-Connecting-IP": "2001:db8::1" },
        ...(method !== "GET" && { body: "nonsense" }),
      });
      statuses.push(...(method === "GET" ? [] : [status]));
    }
    const rows = ports.ownerLog.entries.toReversed();
    expect(rows.map(({ method, path }) => [method, path])).toEqual(writing);
    expect(rows.map(({ status }) => status)).toEqual(statuses);
    expect(new Set(rows.map(({ network }) => network))).toEqual(new Set(["2001:db8:0:0::/64"]));
    expect(new Set(rows.map(({ requestId }) => requestId)).size).toBe(writing.length);
    const { json } = await ask(app, "/api/admin/actions?limit=1", asOwner(OWNER_TOKEN, "GET"));
    expect(v.parse(OwnerActionsBody, json)).toMatchObject({
      count: 1,
      actions: [{ method: writing.at(-1)?.[0], path: writing.at(-1)?.[1], status: statuses.at(-1) }],
    });
    expect(ports.ownerLog.entries).toHaveLength(writing.length);
  });

  it("[RT25] comes first: what cannot be written down is not done", async ({ expect }) => {
    const ports = makeMemoryPorts();
    const failure = Object.assign(new Error("D1 failed to write"), { neighbour: "D1", retryable: true });
    ports.ownerLog.begin = () => Promise.reject(failure);
    const put = asOwner(OWNER_TOKEN, "PUT", '{"exchange":"KRX"}');
    const { status, json } = await ask(makeApp(ports), "/api/admin/exchange", put);
    expect([status, v.parse(Problem, json).neighbour]).toEqual([503, "D1"]);
    expect([ports.settings.exchange, ports.switched]).toEqual(["DEMO", []]);
  });

  it("[RT25] does not undo what was done when its end cannot be written down", async ({ expect }) => {
    const ports = makeMemoryPorts();
    ports.ownerLog.end = () => Promise.reject(new Error("D1 failed to write"));
    const put = asOwner(OWNER_TOKEN, "PUT", '{"exchange":"KRX"}');
    expect((await ask(makeApp(ports), "/api/admin/exchange", put)).status).toBe(200);
    expect([ports.faults.length, ports.ownerLog.entries[0]?.status]).toEqual([1, null]);
  });

  it("[RT25a] is the owner's", async ({ expect }) => {
    expect((await ask(makeApp(makeMemoryPorts()), "/api/admin/actions")).status).toBe(401);
  });
});
