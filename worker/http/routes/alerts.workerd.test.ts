/** The routes of the alerts: the owner's, by session or token. */
import * as v from "valibot";
import { describe, it } from "vitest";
import { AlertsBody, ChannelAnswer, DeliveriesBody } from "../../protocol/rest/alerts.ts";
import { Problem } from "../../protocol/rest/problem.ts";
import { API } from "../../testing/memory/documented-api.ts";
import { NOW, OWNER_TOKEN } from "../../testing/memory/memory-ports.ts";
import { BOT_TOKEN, RULE, send, TELEGRAM, WEBHOOK } from "../../testing/stage/alert-requests.ts";
import type { Answer } from "../../testing/stage/ask.ts";
import { logIn, stageReaders } from "../../testing/stage/reader-stage.ts";

describe("the owner's alerts", () => {
  it("[RT50] open to a session and to the token, and to nobody else", async ({ expect }) => {
    const { app, ports } = stageReaders();
    const cookie = { Cookie: await logIn(app) };
    const bearer = { Authorization: `Bearer ${OWNER_TOKEN}` };
    const routes = API.filter(({ session }) => session === true);
    expect(routes.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual([
      "delete /api/alerts/channels/{id}",
      "delete /api/alerts/rules/{id}",
      "get /api/alerts",
      "get /api/alerts/log",
      "post /api/alerts/channels/{id}/test",
      "put /api/alerts/channels/{id}",
      "put /api/alerts/rules/{id}",
    ]);
    for (const headers of [cookie, bearer]) {
      for (const { method, example } of routes) {
        const body = method === "put" ? { body: JSON.parse(example.body ?? "null") as unknown } : {};
        const { status } = await send(app, method.toUpperCase(), example.path, { headers, ...body });
        expect([method, example.path, status]).toEqual([method, example.path, 200]);
      }
    }
    const before = ports.ownerLog.entries.length;
    for (const headers of [
      {},
      { ...cookie, Authorization: "Bearer wrong" },
      { Cookie: "vcp_session_8787=x" },
    ]) {
      for (const { method, example } of routes) {
        const { status, json } = await send(app, method.toUpperCase(), example.path, { headers });
        expect([example.path, status]).toEqual([example.path, 401]);
        expect(v.parse(Problem, json).detail).toContain("Log in at /login");
      }
    }
    expect(ports.ownerLog.entries).toHaveLength(before);
  });

  it("[RT50][RT25] records what a session changes, and ends with the session", async ({ expect }) => {
    const { app, ports } = stageReaders();
    const headers = { Cookie: await logIn(app) };
    await send(app, "GET", "/api/alerts", { headers });
    await send(app, "PUT", "/api/alerts/rules/stars", { headers, body: RULE });
    await send(app, "PUT", "/api/alerts/rules/stars", { headers, body: { ...RULE, kinds: [] } });
    expect(
      ports.ownerLog.entries.toReversed().map(({ method, path, status }) => [method, path, status]),
    ).toEqual([
      ["POST", "/api/session", 200],
      ["PUT", "/api/alerts/rules/stars", 200],
      ["PUT", "/api/alerts/rules/stars", 400],
    ]);
    await send(app, "DELETE", "/api/session", { headers });
    expect((await send(app, "GET", "/api/alerts", { headers })).status).toBe(401);
  });

  it("[RT50] keeps a rule under the id of its address, and refuses with the object's own reason", async ({
    expect,
  }) => {
    const { app, ports } = stageReaders();
    const headers = { Cookie: await logIn(app) };
    const put = await send(app, "PUT", "/api/alerts/rules/stars", { headers, body: RULE });
    expect(put.json).toEqual({ id: "stars", ...RULE });
    expect(ports.alerts.rules.get("stars")?.quiet).toEqual({ from: 1_320, until: 420, zone: "Asia/Seoul" });
    const { rules } = v.parse(AlertsBody, (await send(app, "GET", "/api/alerts", { headers })).json);
    expect(rules).toEqual([{ id: "stars", ...RULE }]);
    const bad = await send(app, "PUT", "/api/alerts/rules/A", { headers, body: RULE });
    expect([bad.status, v.parse(Problem, bad.json).detail]).toEqual([
      404,
      "The id of a rule has 1 to 32 of a-z, 0-9 and -.",
    ]);
    ports.alerts.refused = "There are at most 20 rules: change or delete one.";
    const full = await send(app, "PUT", "/api/alerts/rules/b", { headers, body: RULE });
    expect([full.status, v.parse(Problem, full.json)]).toMatchObject([
      409,
      { type: "/problems/alert-refused", detail: ports.alerts.refused },
    ]);
    ports.alerts.refused = "it is not https";
    const inner = await send(app, "PUT", "/api/alerts/channels/b", { headers, body: WEBHOOK });
    expect(v.parse(Problem, inner.json).detail).toContain(
      "address: it is not https. Alerts leave for public",
    );
    ports.alerts.refused = null;
    expect((await send(app, "DELETE", "/api/alerts/rules/stars", { headers })).json).toEqual({ id: "stars" });
    expect(ports.alerts.rules.size).toBe(0);
  });

  it("[RT50] names the address in the links of messages, and that there is none", async ({ expect }) => {
    const linksOf = async (ports: { readonly publicUrl?: string }): Promise<string | null> => {
      const { app } = stageReaders(ports);
      const headers = { Cookie: await logIn(app) };
      return v.parse(AlertsBody, (await send(app, "GET", "/api/alerts", { headers })).json).links;
    };
    expect(await linksOf({ publicUrl: "https://own.example" })).toBe("https://own.example");
    expect(await linksOf({})).toBeNull();
  });

  it("[RT51] answers with no token and no secret, but once with one that was drawn", async ({ expect }) => {
    const { app, ports } = stageReaders();
    const headers = { Cookie: await logIn(app) };
    const answers: string[] = [];
    const secretOf = async (id: string, body: object): Promise<string | null> => {
      const { text, json } = await send(app, "PUT", `/api/alerts/channels/${id}`, { headers, body });
      answers.push(text);
      return v.parse(ChannelAnswer, json).secret;
    };
    expect(await secretOf("tg", TELEGRAM)).toBeNull();
    expect(await secretOf("own", { ...WEBHOOK, secret: "0123456789abcdef" })).toBeNull();
    expect(await secretOf("hook", WEBHOOK)).toBe("drawn-hook");
    answers.pop();
    // A change without them keeps them.
    const { token: _, ...renamed } = { ...TELEGRAM, name: "phone" };
    const { url: __, ...moved } = { ...WEBHOOK, name: "desk" };
    expect([await secretOf("tg", renamed), await secretOf("hook", moved)]).toEqual([null, null]);
    expect([ports.alerts.channels.get("tg"), ports.alerts.channels.get("hook")]).toMatchObject([
      { token: BOT_TOKEN, name: "phone" },
      { secret: "drawn-hook", name: "desk", url: WEBHOOK.url },
    ]);
    const { text, json } = await send(app, "GET", "/api/alerts", { headers });
    expect(v.parse(AlertsBody, json).channels.map(({ id, hint, state }) => [id, hint, state])).toEqual([
      ["tg", "12345", "ok"],
      ["own", "hooks.example", "ok"],
      ["hook", "hooks.example", "ok"],
    ]);
    const log = JSON.stringify([ports.log.lines, ports.ownerLog.entries]);
    for (const secret of [BOT_TOKEN, "0123456789abcdef", "drawn-hook", "/very/secret"]) {
      expect([secret, [text, log, ...answers].some((one) => one.includes(secret))]).toEqual([secret, false]);
    }
  });

  it("[RT52] shows what was sent and why it did not arrive, and tests a channel at once", async ({
    expect,
  }) => {
    const { app, ports } = stageReaders();
    const headers = { Cookie: await logIn(app) };
    const sent = {
      key: "k1",
      ruleId: "a",
      receiver: "tg",
      kind: "alert",
      state: "waiting",
      title: "돌파 확정 · 한빛전자 900010",
      total: 1,
      attempts: 2,
      createdAt: NOW,
      sentAt: null,
      nextAt: NOW + 5_000,
      reason: "429",
    } as const;
    ports.alerts.deliveries.set("owner", [sent, { ...sent, key: "k2", ruleId: "b" }]);
    const logOf = async (query: string): Promise<unknown> =>
      v.parse(DeliveriesBody, (await send(app, "GET", `/api/alerts/log${query}`, { headers })).json)
        .deliveries;
    expect(await logOf("?rule=a")).toEqual([
      {
        key: "k1",
        rule: "a",
        channel: "tg",
        kind: "alert",
        state: "waiting",
        title: sent.title,
        total: 1,
        attempts: 2,
        created_at: "2025-05-19T10:00:00.000+09:00",
        sent_at: null,
        next_at: "2025-05-19T10:00:05.000+09:00",
        reason: "429",
      },
    ]);
    expect([await logOf(""), await logOf("?limit=1")]).toMatchObject([[{}, {}], [{}]]);
    const test = async (id: string): Promise<Answer> =>
      await send(app, "POST", `/api/alerts/channels/${id}/test`, { headers });
    expect((await test("tg")).status).toBe(404);
    await send(app, "PUT", "/api/alerts/channels/tg", { headers, body: TELEGRAM });
    expect((await test("tg")).json).toEqual({ outcome: "sent", reason: null });
    ports.alerts.outcome = { kind: "gone", reason: "the bot was blocked" };
    expect((await test("tg")).json).toEqual({ outcome: "gone", reason: "the bot was blocked" });
  });
});
