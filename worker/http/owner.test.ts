/** The owner's door, on every route behind it. */
import * as v from "valibot";
import { describe, it } from "vitest";
import { Problem } from "../protocol/problem.ts";
import { ask, asOwner } from "../testing/ask.ts";
import { makeMemoryPorts, OWNER_TOKEN } from "../testing/memory-ports.ts";
import { API } from "./api-document.ts";
import { makeApp } from "./app.ts";

const OWNER_ROUTES = API.filter(({ owner }) => owner === true).map(
  ({ method, example }) => [method.toUpperCase(), example.path] as const,
);

describe("the owner's door", () => {
  it("[RT3] [RT21] stands where the document says, and on everything that writes", async ({ expect }) => {
    const app = makeApp(makeMemoryPorts());
    for (const { method, path, answer, owner } of API.filter((route) => !("switch" in route.answer))) {
      const { status } = await ask(app, path.replaceAll(/[{}]/g, ""), { method: method.toUpperCase() });
      expect([method, path, status === 401]).toEqual([method, path, owner === true]);
      expect(owner === true || method === "get" || "switch" in answer).toBe(true);
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
