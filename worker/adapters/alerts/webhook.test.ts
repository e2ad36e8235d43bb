import * as v from "valibot";
import { describe, it } from "vitest";
import type { AlertEvent } from "../../core/alerts/alert-event.ts";
import { alertOfKind, makeAlert, makeAlertMessage } from "../../testing/builders/alert-builder.ts";
import { WEBHOOK_SECRET } from "../../testing/fakes/alerts/samples.ts";
import { type SenderStage, stageSenders } from "../../testing/fakes/alerts/sender-stage.ts";
import { webhookBody } from "./webhook-body.ts";
import { makeWebhookSender, signWebhook } from "./webhook.ts";

const BREAKOUT = makeAlert({ nameEn: "Hanbit Electronics", market: "KOSDAQ" });
/** One of each shape. */
const EVENTS: readonly AlertEvent[] = [
  BREAKOUT,
  makeAlert({ kind: "near", within: 3, market: null }),
  ...(["gate", "scan_overdue", "feed_stale"] as const).map(alertOfKind),
  {
    id: `${BREAKOUT.signalId}:withdrawn@2`,
    exchange: BREAKOUT.exchange,
    day: BREAKOUT.day,
    at: BREAKOUT.at,
    kind: "withdrawn",
    of: BREAKOUT.id,
  },
];

async function withStage(
  play: (stage: SenderStage) => Promise<void>,
  form: "raw" | "discord" | "slack" = "raw",
) {
  const stage = await stageSenders(8_000, { form });
  try {
    await play(stage);
  } finally {
    await stage.end();
  }
}

describe("a webhook", () => {
  it("[AL54] is signed over timestamp and body, in a form that others compute alike", async ({ expect }) => {
    // printf '1764465300.{"a":1}' | openssl dgst -sha256 -hmac secret
    expect(await signWebhook("secret", 1_764_465_300, '{"a":1}')).toBe(
      "v1=9c1be2b4542fb13138e1028b9ce67d3e9e8b0f9158311161dba928129d106bdd",
    );
  });

  it("[AL54] has the same body on every attempt, and each attempt's own timestamp", ({ expect }) =>
    withStage(async ({ surroundings, receivers }) => {
      let now = Date.now();
      const hook = { url: receivers.webhookUrl, template: "raw", secret: WEBHOOK_SECRET } as const;
      const sender = makeWebhookSender(hook, { ...surroundings, now: () => now });
      receivers.webhook.traps.cutAfter = 1;
      await sender.send(makeAlertMessage());
      now += 90_000;
      await sender.send(makeAlertMessage());
      const [first, second] = receivers.webhook.received.of(makeAlertMessage().key);
      expect(second?.body).toBe(first?.body);
      const seconds = [first, second].map((call) => Number(call?.headers.get("x-radar-timestamp")));
      expect((seconds[1] ?? 0) - (seconds[0] ?? 0)).toBe(90);
      expect(second?.headers.get("content-type")).toBe("application/json");
    }));

  it("[AL55] raw is version 1 with every field of the message", ({ expect }) =>
    withStage(async ({ webhook, receivers }) => {
      const message = makeAlertMessage({ events: EVENTS, total: 120 });
      expect(await webhook.send(message)).toEqual({ kind: "sent" });
      const body: unknown = JSON.parse(receivers.webhook.received.of(message.key)[0]?.body ?? "");
      const common = { exchange: "KRX", day: "2025-06-13", at: message.at };
      const signal = {
        signal_id: "900010.20250128.20250415",
        ticker: "900010",
        name: "한빛전자",
        grade: "A",
        state: "CONFIRMED",
      };
      const prices = { price: 71_200, pivot: 70_000, entry: 70_100, stop: 66_500, reason: "breakout" };
      expect(body).toEqual({
        version: 1,
        key: message.key,
        kind: "alert",
        language: "ko",
        title: message.title,
        text: message.text,
        url: message.url,
        at: message.at,
        total: 120,
        events: [
          {
            ...common,
            ...signal,
            ...prices,
            id: "900010.20250128.20250415:confirmed:20250613",
            kind: "confirmed",
            name_en: "Hanbit Electronics",
            market: "KOSDAQ",
            within: null,
          },
          {
            ...common,
            ...signal,
            ...prices,
            id: "900010.20250128.20250415:near:20250613",
            kind: "near",
            name_en: null,
            market: null,
            within: 3,
          },
          { ...common, id: "gate", kind: "gate", from: "GREEN", to: "RED" },
          { ...common, id: "scan_overdue", kind: "scan_overdue" },
          { ...common, id: "feed_stale", kind: "feed_stale" },
          {
            ...common,
            id: "900010.20250128.20250415:withdrawn@2",
            kind: "withdrawn",
            of: "900010.20250128.20250415:confirmed:20250613",
          },
        ],
      });
    }));

  it("[AL55] Discord takes the longest message, which mentions nobody", ({ expect }) =>
    withStage(async ({ webhook, receivers }) => {
      const message = makeAlertMessage({
        text: `@everyone ${"🙂".repeat(1_700)}\n매수·매도 권유가 아닙니다.`,
      });
      expect(await webhook.send(message)).toEqual({ kind: "sent" });
      const body: unknown = JSON.parse(receivers.webhook.received.of(message.key)[0]?.body ?? "");
      expect(body).toEqual({
        content: expect.stringContaining("매수·매도 권유가 아닙니다."),
        allowed_mentions: { parse: [] },
        flags: 4,
      });
    }, "discord"));

  it("[AL55] Slack gets its signs of markup escaped", ({ expect }) =>
    withStage(async ({ webhook, receivers }) => {
      expect(await webhook.send(makeAlertMessage())).toEqual({ kind: "sent" });
      const body = receivers.webhook.received.of(makeAlertMessage().key)[0]?.body ?? "";
      expect(body).toContain("&lt;데모&gt; &amp; *시험*");
      expect(body).not.toMatch(/[<>]/);
      expect(webhookBody(makeAlertMessage({ text: "<!channel> & <@U1>" }), "slack")).not.toMatch(
        /<|>|&(?!amp|lt|gt)/,
      );
    }, "slack"));

  it("[AL90] what a name holds is no markup at Discord or Slack, and the link leads where it did", ({
    expect,
  }) => {
    const name = "[한빛](https://elsewhere.example) *a* __b__ ~~c~~ ||d|| `e` <@1>";
    const url = "https://radar.example/signals/900010_1";
    const message = makeAlertMessage({
      title: name,
      text: `${name}\n${name.repeat(60)}\n매수·매도 권유가 아님`,
      url,
    });
    const { content } = v.parse(
      v.object({ content: v.string() }),
      JSON.parse(webhookBody(message, "discord")),
    );
    expect(content.length).toBeLessThanOrEqual(2_000);
    expect(content.split("\n")).toContain(url);
    const [title = ""] = content.split("\n");
    expect(title.replaceAll(/\\[\\*_~`|[\]<>]/g, "")).not.toMatch(/[\\*_~`|[\]<>]/);
    expect(title.replaceAll("\\", "")).toBe(name);
    expect(JSON.parse(webhookBody(message, "slack"))).toMatchObject({ mrkdwn: false });
  });

  it("[AL57] is gone at 410, and with 404 where it is Discord's or Slack's", async ({ expect }) => {
    const kinds: string[] = [];
    for (const form of ["raw", "discord", "slack"] as const) {
      await withStage(async ({ webhook, receivers }) => {
        for (const failStatus of [404, 410]) {
          Object.assign(receivers.webhook.traps, { failing: 1, failStatus });
          kinds.push((await webhook.send(makeAlertMessage())).kind);
        }
      }, form);
    }
    expect(kinds).toEqual(["refused", "gone", "gone", "gone", "gone", "gone"]);
  });
});
