/** What every answer has in common: caching and security headers, limits of size and number, and the shape of a refusal. */
import fc from "fast-check";
import * as v from "valibot";
import { describe, it } from "vitest";
import { addressBlock } from "../protocol/address-block.ts";
import { Problem } from "../protocol/rest/problem.ts";
import { ask, asOwner } from "../testing/stage/ask.ts";
import { makeMemoryPorts, OWNER_TOKEN } from "../testing/memory/memory-ports.ts";
import { API } from "../testing/memory/documented-api.ts";
import { makeApp } from "./app.ts";
import { IMPORT_LIMIT, JSON_LIMIT } from "./request/body-limit.ts";
import type { LimitKind } from "./request/ports.ts";

const DATA_ROUTES = API.filter(({ path, answer }) => path.startsWith("/api/") && "schema" in answer);

describe("headers", () => {
  it("[RT5] answers 304 while a list stays the same, however late it is asked again", async ({ expect }) => {
    const ports = makeMemoryPorts();
    let now = ports.clock.now();
    const app = makeApp({ ...ports, clock: { now: () => now } });
    const first = await ask(app, "/api/kr/signals");
    now += 60_000;
    const headers = { "If-None-Match": first.headers.get("ETag") ?? "" };
    const second = await ask(app, "/api/kr/signals", { headers });
    expect([first.status, second.status, second.text]).toEqual([200, 304, ""]);
    expect(second.headers.get("Cache-Control")).toBe("no-cache");
    ports.settings.exchange = "KRX";
    expect((await ask(app, "/api/kr/signals", { headers })).status).toBe(200);
  });

  it("[RT5] gives a tag to everything of the market, and 304 to whoever has it", async ({ expect }) => {
    const app = makeApp(makeMemoryPorts());
    let lists = 0;
    for (const { path, owner, example } of DATA_ROUTES.filter(({ path: one }) =>
      one.startsWith("/api/kr/"),
    )) {
      const first = owner === true ? null : await ask(app, example.path);
      if (first?.status === 200) {
        const tag = first.headers.get("ETag") ?? "";
        const second = await ask(app, example.path, { headers: { "If-None-Match": tag } });
        expect([path, tag === "", second.status]).toEqual([path, false, 304]);
        lists += 1;
      }
    }
    expect(lists).toBeGreaterThan(8);
  });

  it("[RT5] lets nothing be kept but market data", async ({ expect }) => {
    const app = makeApp(makeMemoryPorts());
    const kept = await Promise.all(
      ["/api/kr/signals", "/api/health", "/api/kr/none"].map((path) => ask(app, path)),
    );
    expect(kept.map(({ headers }) => headers.get("Cache-Control"))).toEqual([
      "no-cache",
      "no-store",
      "no-store",
    ]);
    const owner = await ask(app, "/api/admin/exchange", asOwner(OWNER_TOKEN, "GET"));
    expect(owner.headers.get("Cache-Control")).toBe("no-store");
  });

  it("[RT5a] carries the security headers on answers and on errors, and opens no other origin", async ({
    expect,
  }) => {
    const app = makeApp(makeMemoryPorts());
    for (const path of ["/api/kr/signals", "/api/kr/none", "/api/kr/signals?limit=x"]) {
      const { headers } = await ask(app, path, { headers: { Origin: "https://elsewhere.example" } });
      expect(headers.get("Content-Security-Policy")).toContain("default-src 'none'");
      expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
      expect(headers.get("X-Frame-Options")).toBe("DENY");
      expect(headers.get("Access-Control-Allow-Origin")).toBeNull();
    }
  });
});

describe("refusals", () => {
  it("[RT2] [RT4] are problems with the request's id and not to be kept, on every route", async ({
    expect,
  }) => {
    const app = makeApp(makeMemoryPorts());
    const ids = new Set<string>();
    for (const { method, path, owner, open, token, query, body } of DATA_ROUTES) {
      const asked = ["exchange", "limit", "lang"].find((one) => one in (query?.entries ?? {}));
      const name = query === undefined ? "body" : asked;
      const { status, headers, json } = await ask(
        app,
        `${path.replaceAll(/[{}]/g, "")}?exchange=NYSE&limit=x&lang=x`,
        {
          method: method.toUpperCase(),
          headers: { Authorization: `Bearer ${OWNER_TOKEN}` },
          ...(body !== undefined && { body: "[" }),
        },
      );
      if ((owner === true || open === true) && query === undefined && body === undefined) {
        // Another token than that of a subscription is that of none.
        expect([path, status]).toEqual([path, token === true ? 404 : 200]);
        continue;
      }
      const { field, request_id: id } = v.parse(Problem, json);
      expect([path, status, field]).toEqual([path, 400, name]);
      expect(headers.get("Content-Type")).toBe("application/problem+json");
      expect(headers.get("Cache-Control")).toBe("no-store");
      expect(headers.get("X-Request-Id")).toBe(id);
      ids.add(id);
    }
    expect(ids.size).toBeGreaterThan(20);
  });

  it("[RT4a] are 413 on every route that takes a body, beyond its limit", async ({ expect }) => {
    for (const { method, body, example } of API.filter((route) => route.body !== undefined)) {
      const ports = makeMemoryPorts();
      const limit = body?.type === "text/csv" ? IMPORT_LIMIT : (body?.limit ?? JSON_LIMIT);
      const request = asOwner(OWNER_TOKEN, method.toUpperCase(), new Uint8Array(limit + 1));
      const { status, json } = await ask(makeApp(ports), example.path, request);
      expect([example.path, status, v.parse(Problem, json).type]).toEqual([
        example.path,
        413,
        "/problems/too-large",
      ]);
      expect([ports.ingest.calls, ports.books.DEMO.requests, ports.switched]).toEqual([[], [], []]);
    }
  });
});

describe("limits", () => {
  /** Lets each address have two of a kind. */
  function limited() {
    const taken = new Map<string, number>();
    const take = (kind: LimitKind, address: string): Promise<boolean> => {
      const key = `${kind} ${address}`;
      taken.set(key, (taken.get(key) ?? 0) + 1);
      return Promise.resolve((taken.get(key) ?? 0) <= 2);
    };
    return { taken, ports: makeMemoryPorts({ limits: { take } }) };
  }
  const from = (address: string, more: Record<string, string> = {}): RequestInit => ({
    headers: { "CF-Connecting-IP": address, ...more },
  });

  it("[RT23] hold back an address that asks too often, and nobody else", async ({ expect }) => {
    const app = makeApp(limited().ports);
    const statuses: number[] = [];
    for (let times = 0; times < 3; times++) {
      statuses.push((await ask(app, "/api/kr/signals", from("192.0.2.1"))).status);
    }
    expect(statuses).toEqual([200, 200, 429]);
    const { headers, json } = await ask(app, "/api/health", from("192.0.2.1"));
    expect([v.parse(Problem, json).type, headers.get("Retry-After")]).toEqual([
      "/problems/too-many-requests",
      "10",
    ]);
    expect((await ask(app, "/api/kr/signals", from("192.0.2.2"))).status).toBe(200);
    expect((await ask(app, "/api/kr/signals")).status).toBe(200);
  });

  it("[RT23] count sockets by themselves, and an IPv6 network as one", async ({ expect }) => {
    const { taken, ports } = limited();
    const app = makeApp(ports);
    await ask(app, "/ws", from("2001:db8::1", { Upgrade: "websocket" }));
    await ask(app, "/api/health", from("2001:DB8:0:0:ffff::2"));
    expect([...taken.keys()]).toEqual(["upgrade 2001:db8:0:0::/64", "read 2001:db8:0:0::/64"]);
  });

  it("[RT23] hold back wrong owner's tokens, and never the right one", async ({ expect }) => {
    let guesses = 0;
    const take = (kind: LimitKind): Promise<boolean> => Promise.resolve(kind !== "guess" || ++guesses <= 2);
    const app = makeApp(makeMemoryPorts({ limits: { take } }));
    const statusWith = async (token: string): Promise<number> =>
      (await ask(app, "/api/admin/exchange", from("192.0.2.1", { Authorization: `Bearer ${token}` }))).status;
    expect([await statusWith("a"), await statusWith("b"), await statusWith("c")]).toEqual([401, 401, 429]);
    expect([await statusWith(OWNER_TOKEN), guesses]).toEqual([200, 3]);
  });

  it("[RT23] are a brake: a limiter that fails lets everybody pass", async ({ expect }) => {
    const take = (): Promise<never> => Promise.reject(new Error("no limiter"));
    const app = makeApp(makeMemoryPorts({ limits: { take } }));
    expect((await ask(app, "/api/kr/signals", from("192.0.2.1"))).status).toBe(200);
  });

  it("[RT23] take the same network for every spelling of an address", ({ expect }) => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 0xff_ff }), { minLength: 8, maxLength: 8 }),
        (groups) => {
          const hex = groups.map((group) => group.toString(16));
          const long = hex
            .map((group) => group.padStart(4, "0"))
            .join(":")
            .toUpperCase();
          const other = [...hex.slice(0, 4), "1", "2", "3", "4"].join(":");
          expect(addressBlock(long)).toBe(addressBlock(hex.join(":")));
          expect(addressBlock(other)).toBe(addressBlock(hex.join(":")));
        },
      ),
    );
    expect(["::1", "fe80::", "1:2:3::8", "10.0.0.1"].map(addressBlock)).toEqual([
      "0:0:0:0::/64",
      "fe80:0:0:0::/64",
      "1:2:3:0::/64",
      "10.0.0.1",
    ]);
  });
});
