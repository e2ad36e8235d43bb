/** Bodies: too long, compressed, endless, and not what they should be. */
import * as v from "valibot";
import { describe, it } from "vitest";
import { Problem } from "../../protocol/rest/problem.ts";
import { ask, asOwner } from "../../testing/stage/ask.ts";
import { makeMemoryPorts, OWNER_TOKEN } from "../../testing/memory/memory-ports.ts";
import { makeApp } from "../app.ts";
import { IMPORT_LIMIT, JSON_LIMIT } from "./body-limit.ts";

describe("bodies", () => {
  const ZEROS = new Uint8Array(64 * 1_024);

  /** A body without a length: `chunks` of 64 KiB, and how many of them were asked for. */
  function stream(chunks: number): {
    readonly body: ReadableStream<Uint8Array>;
    readonly pulled: () => number;
  } {
    let pulled = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (pulled++ < chunks) {
            controller.enqueue(ZEROS);
          } else {
            controller.close();
          }
        },
      },
      { highWaterMark: 0 },
    );
    return { body, pulled: () => pulled };
  }

  it("[RT4a] refuses by the announced length before reading", async ({ expect }) => {
    const ports = makeMemoryPorts();
    const headers = { Authorization: `Bearer ${OWNER_TOKEN}`, "Content-Length": String(IMPORT_LIMIT + 1) };
    const { status, json } = await ask(makeApp(ports), "/api/admin/bars?exchange=KRX", {
      method: "POST",
      headers,
      body: "x",
    });
    expect([status, v.parse(Problem, json).type, ports.ingest.calls]).toEqual([
      413,
      "/problems/too-large",
      [],
    ]);
  });

  it("[RT4a] counts while reading and stops at the limit", async ({ expect }) => {
    const ports = makeMemoryPorts();
    const app = makeApp(ports);
    const endless = stream(10_000);
    const over = await ask(app, "/api/admin/bars?exchange=KRX", asOwner(OWNER_TOKEN, "POST", endless.body));
    expect([over.status, ports.ingest.calls]).toEqual([413, []]);
    expect(endless.pulled()).toBeLessThan(70);
    const full = await ask(
      app,
      "/api/admin/bars?exchange=KRX",
      asOwner(OWNER_TOKEN, "POST", stream(64).body),
    );
    expect([full.status, ports.ingest.calls]).toEqual([
      200,
      [["bars", "KRX", IMPORT_LIMIT, { firstLine: 2, mark: null, close: null }]],
    ]);
    const json = await ask(
      app,
      "/api/kr/scan",
      asOwner(OWNER_TOKEN, "POST", `{"top_n":1}${" ".repeat(JSON_LIMIT)}`),
    );
    expect([json.status, ports.books.DEMO.requests]).toEqual([413, []]);
  });

  it("[RT4a] refuses a compressed body", async ({ expect }) => {
    const headers = { Authorization: `Bearer ${OWNER_TOKEN}`, "Content-Encoding": "gzip" };
    const { status } = await ask(makeApp(makeMemoryPorts()), "/api/admin/bars?exchange=KRX", {
      method: "POST",
      headers,
      body: "x",
    });
    expect(status).toBe(415);
  });

  it.for([
    ["{", "body"],
    ["[]", "body"],
    ["null", "body"],
    ['{"top_n":501}', "top_n"],
    ['{"top_n":-1}', "top_n"],
    ['{"top_n":1.5}', "top_n"],
    ['{"top_n":"5"}', "top_n"],
    ['{"min_score":101}', "min_score"],
    ['{"market":"kospi"}', "market"],
    ['{"topN":5}', "topN"],
    ['{"__proto__":1}', "__proto__"],
  ] as const)("[RT4b] POST scan refuses %s", async ([body, field], { expect }) => {
    const ports = makeMemoryPorts();
    const { status, json } = await ask(makeApp(ports), "/api/kr/scan", asOwner(OWNER_TOKEN, "POST", body));
    expect([status, v.parse(Problem, json).field, ports.books.DEMO.requests]).toEqual([400, field, []]);
  });

  it.for([
    ["PUT", "/api/admin/exchange", '{"exchange":"__proto__"}', "exchange"],
    ["PUT", "/api/admin/exchange", '{"exchange":"KRX","__proto__":{"exchange":"DEMO"}}', "__proto__"],
    ["PUT", "/api/admin/exchange", '{"__proto__":{"exchange":"KRX"}}', "exchange"],
    ["PUT", "/api/admin/exchange", '{"exchange":"KRX","constructor":{"prototype":{"x":1}}}', "constructor"],
    ["POST", "/api/admin/demo", '{"__proto__":{"pause":true}}', null],
    ["POST", "/api/admin/demo", '{"fault":"constructor"}', null],
    ["POST", "/api/kr/scan", '{"market":"toString"}', "market"],
    ["POST", "/api/kr/scan", '{"constructor":{"prototype":{"top_n":1}}}', "constructor"],
  ] as const)("[RT4c] %s %s refuses %s", async ([method, path, body, field], { expect }) => {
    const ports = makeMemoryPorts();
    const { status, json } = await ask(makeApp(ports), path, asOwner(OWNER_TOKEN, method, body));
    expect(status).toBe(400);
    if (field !== null) {
      expect(v.parse(Problem, json).field).toBe(field);
    }
    expect([ports.books.DEMO.requests, ports.switched, Object.keys(Object.prototype)]).toEqual([[], [], []]);
  });

  it("[RT4b] takes no body for an empty object", async ({ expect }) => {
    const ports = makeMemoryPorts();
    expect((await ask(makeApp(ports), "/api/kr/scan", asOwner(OWNER_TOKEN, "POST"))).status).toBe(200);
    expect(ports.books.DEMO.requests).toEqual([
      { kind: "manual", market: null, topN: 30, minScore: 0, accept: [] },
    ]);
  });
});
