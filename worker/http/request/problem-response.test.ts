/** Errors on the wire: stable, named, and without anything of the inside. */
import * as v from "valibot";
import { describe, it } from "vitest";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import { Problem } from "../../protocol/rest/problem.ts";
import { ask } from "../../testing/stage/ask.ts";
import { makeMemoryPorts } from "../../testing/memory/memory-ports.ts";
import { makeApp } from "../app.ts";
import type { HttpPorts } from "./ports.ts";

/** The ports, with a ledger whose calls fail with `error`. */
function withLedgerError(error: Error): HttpPorts & { readonly faults: unknown[] } {
  const ports = makeMemoryPorts();
  const fail = (): Promise<never> => Promise.reject(error);
  return { ...ports, ledger: Object.assign(ports.ledger, { signals: fail, countSignals: fail, runs: fail }) };
}

describe("errors", () => {
  it("[RT2] answers a problem with type, field and the request's id", async ({ expect }) => {
    const { status, headers, json } = await ask(makeApp(makeMemoryPorts()), "/api/kr/signals?limit=0", {
      headers: { "X-Request-Id": "abc-1" },
    });
    expect(status).toBe(400);
    expect(headers.get("Content-Type")).toBe("application/problem+json");
    expect(v.parse(Problem, json)).toEqual({
      type: "/problems/bad-query",
      title: "A value of the query is out of range",
      status: 400,
      detail: "limit: must be an integer from 1 to 100",
      field: "limit",
      request_id: "abc-1",
    });
  });

  it("[RT2a] gives 404 for an unknown path", async ({ expect }) => {
    const app = makeApp(makeMemoryPorts());
    for (const path of [
      "/api",
      "/api/kr",
      "/api/kr/nothing",
      "/api/kr/signals/",
      "/api/admin/backfills",
      "/elsewhere",
    ]) {
      const { status, json } = await ask(app, path);
      expect([path, status]).toEqual([path, 404]);
      expect(v.parse(Problem, json).type).toBe("/problems/not-found");
    }
  });

  it("[RT2a] gives 405 with Allow for a known path", async ({ expect }) => {
    const app = makeApp(makeMemoryPorts());
    const refused = await ask(app, "/api/kr/signals", { method: "DELETE" });
    expect([refused.status, refused.headers.get("Allow")]).toEqual([405, "GET, HEAD"]);
    expect(v.parse(Problem, refused.json).type).toBe("/problems/method-not-allowed");
    expect((await ask(app, "/api/kr/scan")).headers.get("Allow")).toBe("POST");
    expect((await ask(app, "/api/admin/exchange", { method: "POST" })).headers.get("Allow")).toBe(
      "GET, HEAD, PUT",
    );
  });

  it("[RT2a] answers HEAD like GET, without a body", async ({ expect }) => {
    const app = makeApp(makeMemoryPorts());
    const [get, head] = [
      await ask(app, "/api/kr/signals"),
      await ask(app, "/api/kr/signals", { method: "HEAD" }),
    ];
    expect([head.status, head.text, head.headers.get("ETag")]).toEqual([200, "", get.headers.get("ETag")]);
  });

  it("[RT2b] names a neighbour that fails", async ({ expect }) => {
    const store = new NeighbourError("D1 failed to list signals: secret_table is gone", {
      neighbour: "D1",
      retryable: true,
    });
    const ports = withLedgerError(store);
    const { status, headers, json, text } = await ask(makeApp(ports), "/api/kr/signals");
    expect([status, headers.get("Retry-After"), v.parse(Problem, json).neighbour]).toEqual([503, "5", "D1"]);
    expect(text).not.toContain("secret_table");
    expect(ports.faults).toEqual([store]);
    // As it comes from another object: its fields, but not its class.
    const stub = Object.assign(new Error("Durable Object reset"), {
      neighbour: "MarketBook",
      retryable: true,
    });
    const book = {
      ...makeMemoryPorts(),
      book: () => Object.assign(makeMemoryPorts().books.DEMO, { indexCloses: () => Promise.reject(stub) }),
    };
    const away = await ask(makeApp(book), "/api/kr/indices");
    expect([away.status, v.parse(Problem, away.json).neighbour]).toEqual([503, "MarketBook"]);
  });

  it("[RT2] [RT2b] shows of a fault of its own nothing but that there was one", async ({ expect }) => {
    const fault = new Error("x is undefined in /src/secret.ts");
    const ports = withLedgerError(fault);
    const { status, text, json } = await ask(makeApp(ports), "/api/kr/signals");
    expect([status, v.parse(Problem, json).type]).toEqual([500, "/problems/internal"]);
    expect(text).not.toMatch(/secret|undefined| at |\.ts/);
    expect(ports.faults).toEqual([fault]);
  });
});
