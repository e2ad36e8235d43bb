/** The routes of push subscriptions, by their tokens; and whatever is sent to any route of the alerts. */
import fc from "fast-check";
import * as v from "valibot";
import { describe, it } from "vitest";
import { SubscribedBody } from "../../protocol/rest/alerts.ts";
import { Problem } from "../../protocol/rest/problem.ts";
import { OWNER_TOKEN } from "../../testing/memory/memory-ports.ts";
import {
  RULE,
  send,
  type SentHeaders,
  SUBSCRIPTION,
  TELEGRAM,
  WEBHOOK,
} from "../../testing/stage/alert-requests.ts";
import { type Answer, ask } from "../../testing/stage/ask.ts";
import { type App, at, logIn, stageReaders } from "../../testing/stage/reader-stage.ts";

describe("a browser's alerts", () => {
  const subscribe = async (app: App, headers: SentHeaders = {}): Promise<Answer> =>
    await send(app, "POST", "/api/push/subscriptions", { headers, body: SUBSCRIPTION });

  it("[RT53] need no account: the token of the subscription reads, changes, tests and ends it", async ({
    expect,
  }) => {
    const { app, ports } = stageReaders({}, "DEMO");
    expect((await send(app, "GET", "/api/push")).json).toEqual({ key: "B".repeat(87) });
    const made = await subscribe(app, { "CF-Connecting-IP": "2001:db8::7" });
    const { id, token } = v.parse(SubscribedBody, made.json);
    const path = `/api/push/subscriptions/${id}`;
    const headers = { Authorization: `Bearer ${token}` };
    expect(made.status).toBe(201);
    expect(ports.alerts.subscriptions.get(id)).toMatchObject({
      network: "2001:db8:0:0::/64",
      isReader: false,
      target: { endpoint: SUBSCRIPTION.endpoint, ...SUBSCRIPTION.keys },
    });
    expect((await send(app, "GET", path, { headers })).json).toEqual({ id, rules: SUBSCRIPTION.rules });
    const body = { ...SUBSCRIPTION, rules: [] };
    expect((await send(app, "PUT", path, { headers, body })).json).toEqual({ id, rules: [] });
    expect((await send(app, "POST", `${path}/test?lang=en`, { headers })).json).toEqual({
      outcome: "sent",
      reason: null,
    });
    expect((await send(app, "GET", `${path}/log`, { headers })).json).toEqual({ deliveries: [] });
    expect((await send(app, "DELETE", path, { headers })).json).toEqual({ id });
    expect((await send(app, "GET", path, { headers })).status).toBe(404);
    expect(ports.ownerLog.entries).toEqual([]);
  });

  it("[RT53] answer a wrong token as an unknown subscription, and count it", async ({ expect }) => {
    const taken: string[] = [];
    const take = (kind: string): Promise<boolean> => {
      taken.push(kind);
      return Promise.resolve(kind !== "guess" || taken.filter((one) => one === "guess").length <= 12);
    };
    const { app } = stageReaders({ limits: { take } }, "DEMO");
    const from = { "CF-Connecting-IP": "192.0.2.7" };
    const { id } = v.parse(SubscribedBody, (await subscribe(app, from)).json);
    const details = new Set<string>();
    for (const [place, token] of [
      [id, "wrong"],
      ["unknown", "token-of-s1"],
    ] as const) {
      const headers = { ...from, Authorization: `Bearer ${token}` };
      for (const [method, rest] of [
        ["GET", ""],
        ["PUT", ""],
        ["DELETE", ""],
        ["GET", "/log"],
        ["POST", "/test"],
      ] as const) {
        const body = method === "PUT" ? { body: SUBSCRIPTION } : {};
        const { status, json } = await send(app, method, `/api/push/subscriptions/${place}${rest}`, {
          headers,
          ...body,
        });
        expect([method, rest, status]).toEqual([method, rest, 404]);
        details.add(v.parse(Problem, json).detail);
      }
    }
    expect([details.size, taken.filter((one) => one === "guess").length]).toEqual([1, 10]);
    // Without a token nothing is compared, and nothing is counted.
    expect((await send(app, "GET", `/api/push/subscriptions/${id}`, { headers: from })).status).toBe(404);
    const guess = { headers: { ...from, Authorization: "Bearer wrong" } };
    const statuses = [];
    for (let times = 0; times < 3; times++) {
      statuses.push((await send(app, "GET", `/api/push/subscriptions/${id}`, guess)).status);
    }
    expect(statuses).toEqual([404, 404, 429]);
  });

  it("[RT53][RD2] of a private exchange need a login, which the subscription keeps", async ({ expect }) => {
    const { app, ports } = stageReaders();
    const refused = await subscribe(app);
    expect([refused.status, v.parse(Problem, refused.json).type]).toEqual([401, "/problems/login-required"]);
    const cookie = { Cookie: await logIn(app) };
    const { id, token } = v.parse(SubscribedBody, (await subscribe(app, cookie)).json);
    expect(ports.alerts.subscriptions.get(id)?.isReader).toBe(true);
    const headers = { Authorization: `Bearer ${token}` };
    const path = `/api/push/subscriptions/${id}`;
    await send(app, "PUT", path, { headers, body: SUBSCRIPTION });
    expect(ports.alerts.subscriptions.get(id)?.isReader).toBe(false);
    await send(app, "PUT", path, { headers: { ...headers, ...cookie }, body: SUBSCRIPTION });
    expect(ports.alerts.subscriptions.get(id)?.isReader).toBe(true);
  });

  it("[RT54] are limited in rate where something is made, changed or sent", async ({ expect }) => {
    const take = (kind: string): Promise<boolean> => Promise.resolve(kind !== "push");
    const { app } = stageReaders({ limits: { take } }, "DEMO");
    const headers = { "CF-Connecting-IP": "192.0.2.7", Authorization: "Bearer token-of-s1" };
    const asked = [
      ["POST", "/api/push/subscriptions"],
      ["PUT", "/api/push/subscriptions/s1"],
      ["POST", "/api/push/subscriptions/s1/test"],
      ["GET", "/api/push/subscriptions/s1"],
    ] as const;
    const answers = await Promise.all(
      asked.map(async ([method, path]) =>
        send(app, method, path, { headers, ...(method !== "GET" && { body: SUBSCRIPTION }) }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 429, 404]);
    expect(answers[0]?.headers.get("Retry-After")).toBe("60");
  });
});

describe("whatever is sent", () => {
  const writing = [
    ["PUT", "/api/alerts/rules/a"],
    ["PUT", "/api/alerts/channels/a"],
    ["POST", "/api/alerts/channels/a/test"],
    ["POST", "/api/push/subscriptions"],
    ["PUT", "/api/push/subscriptions/s1"],
    ["DELETE", "/api/push/subscriptions/s1"],
  ] as const;

  it("[RT54] is answered, and never with a fault: any JSON, and nearly right bodies", async ({ expect }) => {
    const { app, ports } = stageReaders();
    const headers = { Cookie: await logIn(app), Authorization: `Bearer ${OWNER_TOKEN}` };
    const field = fc.constantFrom(
      ...Object.keys({ ...RULE, ...TELEGRAM, ...WEBHOOK, ...SUBSCRIPTION }),
      "__proto__",
    );
    const nearly = fc
      .tuple(
        fc.constantFrom<object>(RULE, TELEGRAM, WEBHOOK, SUBSCRIPTION),
        field,
        fc.jsonValue({ maxDepth: 3 }),
      )
      .map(([body, key, value]) =>
        JSON.stringify(body).replace("{", `{${JSON.stringify(key)}:${JSON.stringify(value)},`),
      );
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...writing),
        fc.oneof(fc.json({ maxDepth: 4 }), nearly, fc.string()),
        async ([method, path], body) => {
          const { status } = await ask(app, at(path), { method, headers, ...(body !== "" && { body }) });
          statuses.add(status);
          expect([path, body, status < 500]).toEqual([path, body, true]);
        },
      ),
      { seed: 20261130, numRuns: 600 },
    );
    expect([...statuses].toSorted((a, b) => a - b)).toEqual(expect.arrayContaining([200, 400, 404]));
    expect(ports.faults).toEqual([]);
  });

  it("[RT54][RT4a] is read within 64 KiB", async ({ expect }) => {
    const { app } = stageReaders({}, "DEMO");
    const headers = { Cookie: await logIn(app) };
    for (const [method, path] of writing.filter(([, one]) => !one.endsWith("/test"))) {
      if (method !== "DELETE") {
        const body = { ...SUBSCRIPTION, endpoint: "x".repeat(65 * 1_024) };
        const bearer = path.includes("push") ? { Authorization: "Bearer token-of-s1" } : headers;
        expect([path, (await send(app, method, path, { headers: bearer, body })).status]).toEqual([
          path,
          413,
        ]);
      }
    }
  });
});
