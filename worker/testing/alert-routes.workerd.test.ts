/** The routes of the alerts over the real object and the real database. Here, because routes do not see what composes them. */
import { applyD1Migrations, reset } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import * as v from "valibot";
import { beforeEach, describe, it } from "vitest";
import { AlertEventsBody } from "../protocol/rest/alert-events.ts";
import { AlertsBody, DeliveriesBody, SubscribedBody, SubscriptionRow } from "../protocol/rest/alerts.ts";
import { Problem } from "../protocol/rest/problem.ts";
import { D1AlertLog } from "../adapters/d1/alert-log.ts";
import { makeAlert } from "./builders/alert-builder.ts";
import { BOT_TOKEN, RULE, SUBSCRIPTION, TELEGRAM, WEBHOOK } from "./stage/alert-requests.ts";

interface Answered {
  readonly status: number;
  readonly text: string;
  readonly json: unknown;
}

async function send(method: string, path: string, token = env.OWNER_TOKEN, body?: object): Promise<Answered> {
  const response = await exports.default.fetch(`https://radar.example${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, "CF-Connecting-IP": "203.0.113.7" },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("Content-Type")?.includes("json") === true;
  return { status: response.status, text, json: isJson ? JSON.parse(text) : null };
}

/** A literal address, which is judged without a name to resolve. */
const PUSHED = { ...SUBSCRIPTION, endpoint: "https://8.8.8.8/push/1" };

describe("the routes over the real object", () => {
  beforeEach(async () => {
    await reset();
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  });

  it("[RT50][RT51] keep the owner's rules and channels, and give no secret back", async ({ expect }) => {
    const bot = await send("PUT", "/api/alerts/channels/phone", env.OWNER_TOKEN, TELEGRAM);
    expect([bot.status, bot.json]).toEqual([200, { id: "phone", secret: null }]);
    const lost = await send("PUT", "/api/alerts/rules/a", env.OWNER_TOKEN, { ...RULE, channels: ["none"] });
    expect([lost.status, v.parse(Problem, lost.json).detail]).toEqual([
      409,
      "There is no channel none: add it first.",
    ]);
    const rule = { ...RULE, channels: ["phone"] };
    expect((await send("PUT", "/api/alerts/rules/a", env.OWNER_TOKEN, rule)).json).toEqual({
      id: "a",
      ...rule,
    });
    const { json, text } = await send("GET", "/api/alerts");
    const { rules, channels, push } = v.parse(AlertsBody, json);
    expect([rules, channels.map(({ id, hint, state }) => [id, hint, state])]).toEqual([
      [{ id: "a", ...rule }],
      [["phone", "12345", "ok"]],
    ]);
    expect([push.key.length, text.includes(BOT_TOKEN)]).toEqual([87, false]);
    expect(v.parse(DeliveriesBody, (await send("GET", "/api/alerts/log")).json).deliveries).toEqual([]);
    const inner = { ...WEBHOOK, url: "https://192.168.0.5/hook" };
    const refused = await send("PUT", "/api/alerts/channels/hook", env.OWNER_TOKEN, inner);
    expect([refused.status, v.parse(Problem, refused.json).detail]).toEqual([
      409,
      expect.stringMatching(/^Nothing is sent to this address: it.+ALERT_TARGETS/),
    ]);
    await send("DELETE", "/api/alerts/rules/a");
    expect(v.parse(AlertsBody, (await send("GET", "/api/alerts")).json).rules).toEqual([]);
  });

  it("[RT53] keep a browser's subscription for its token, ten in a network", async ({ expect }) => {
    const made = await send("POST", "/api/push/subscriptions", "none", PUSHED);
    const { id, token } = v.parse(SubscribedBody, made.json);
    const path = `/api/push/subscriptions/${id}`;
    expect([made.status, (await send("GET", path, "wrong")).status]).toEqual([201, 404]);
    const read = async (): Promise<SubscriptionRow> =>
      v.parse(SubscriptionRow, (await send("GET", path, token)).json);
    expect(await read()).toEqual({ id, rules: PUSHED.rules });
    await send("PUT", path, token, { ...PUSHED, rules: [] });
    expect(await read()).toEqual({ id, rules: [] });
    const more = (n: number): object => ({ ...PUSHED, endpoint: `https://8.8.8.8/push/${n}` });
    for (let n = 2; n <= 10; n++) {
      expect((await send("POST", "/api/push/subscriptions", "none", more(n))).status).toBe(201);
    }
    const full = await send("POST", "/api/push/subscriptions", "none", more(11));
    expect([full.status, v.parse(Problem, full.json).detail]).toEqual([
      409,
      expect.stringContaining("end one in another browser first"),
    ]);
    expect((await send("DELETE", path, token)).json).toEqual({ id });
    expect((await send("GET", path, token)).status).toBe(404);
    expect((await send("POST", "/api/push/subscriptions", "none", more(11))).status).toBe(201);
  });

  it("[RT47][RT48] show what the database has logged", async ({ expect }) => {
    const event = makeAlert({ exchange: "DEMO" });
    await new D1AlertLog(env.DB).append([event]);
    const { last, events } = v.parse(AlertEventsBody, (await send("GET", "/api/kr/events")).json);
    expect([last, events.map(({ position, id }) => [position, id])]).toEqual([1, [[1, event.id]]]);
    const feed = await send("GET", "/feed.xml?lang=en");
    expect([feed.status, feed.text]).toEqual([
      200,
      expect.stringContaining("<title>Breakout confirmed · Hanbitjeonja (한빛전자) 900010</title>"),
    ]);
  });
});
