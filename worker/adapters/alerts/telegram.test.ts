import { describe, it } from "vitest";
import * as v from "valibot";
import { makeAlertMessage } from "../../testing/builders/alert-builder.ts";
import { BOT_TOKEN, CHAT_ID } from "../../testing/fakes/alerts/samples.ts";
import { type SenderStage, stageSenders } from "../../testing/fakes/alerts/sender-stage.ts";
import { makeTelegramSender } from "./telegram.ts";

async function withStage(play: (stage: SenderStage) => Promise<void>): Promise<void> {
  const stage = await stageSenders(8_000);
  try {
    await play(stage);
  } finally {
    await stage.end();
  }
}

describe("a chat of Telegram", () => {
  it("[AL50] gets plain text without markup and preview", ({ expect }) =>
    withStage(async ({ surroundings, receivers }) => {
      const sent: Request[] = [];
      const fetch = (request: Request) => {
        sent.push(request.clone());
        return surroundings.fetch(request);
      };
      const chat = { base: receivers.vars.TELEGRAM_BASE, token: BOT_TOKEN, chatId: CHAT_ID };
      const sender = makeTelegramSender(chat, { ...surroundings, fetch });
      expect(await sender.send(makeAlertMessage())).toEqual({ kind: "sent" });
      const [request] = sent;
      expect([request?.method, request?.redirect, request?.headers.get("content-type")]).toEqual([
        "POST",
        "manual",
        "application/json",
      ]);
      expect(await request?.json()).toEqual({
        chat_id: CHAT_ID,
        text: expect.stringContaining("<데모> & *시험*"),
        link_preview_options: { is_disabled: true },
      });
    }));

  it("[AL50] gets the longest message that there is", ({ expect }) =>
    withStage(async ({ telegram, receivers }) => {
      const message = makeAlertMessage({
        key: "long",
        text: `${"가🙂".repeat(1_150)}\n끝`,
        title: "t".repeat(120),
      });
      expect(await telegram.send(message)).toEqual({ kind: "sent" });
      expect(receivers.telegram.received.of("long")[0]?.text).toContain("끝\n");
    }));

  it("[AL51] is gone when the bot was blocked there or the chat does not exist", ({ expect }) =>
    withStage(async ({ telegram, receivers }) => {
      receivers.telegram.chats.set(CHAT_ID, "blocked");
      expect(await telegram.send(makeAlertMessage())).toMatchObject({ kind: "gone" });
      receivers.telegram.chats.delete(CHAT_ID);
      expect(await telegram.send(makeAlertMessage())).toMatchObject({ kind: "gone" });
      receivers.telegram.chats.set(CHAT_ID, "migrated");
      const migrated = await telegram.send(makeAlertMessage());
      expect(migrated).toMatchObject({ kind: "refused", reason: expect.stringContaining("supergroup") });
    }));

  it("[AL51] is refused under a token that Telegram does not know", ({ expect }) =>
    withStage(async ({ surroundings, receivers }) => {
      const other = "987654321:AAF-another_token_of_no_bot_000000";
      const base = receivers.vars.TELEGRAM_BASE;
      const sender = makeTelegramSender({ base, token: other, chatId: CHAT_ID }, surroundings);
      const unknown = await sender.send(makeAlertMessage());
      expect(unknown).toMatchObject({ kind: "refused", reason: expect.stringContaining("token") });
      Object.assign(receivers.telegram.traps, { failing: 1, failStatus: 404 });
      expect(await sender.send(makeAlertMessage())).toEqual(unknown);
    }));

  it("[AL50] is not called with a token that is none", async ({ expect }) => {
    for (const token of ["", "abc", "123:short", `${BOT_TOKEN}/../x`, `${BOT_TOKEN}?`, `${BOT_TOKEN}\n`]) {
      let calls = 0;
      const fetch = () => Promise.resolve(new Response(String((calls += 1))));
      const log = { write: () => undefined };
      const sender = makeTelegramSender(
        { base: "https://a.invalid", token, chatId: CHAT_ID },
        { fetch, now: () => 0, log },
      );
      expect(await sender.send(makeAlertMessage())).toMatchObject({ kind: "refused" });
      expect(calls).toBe(0);
    }
  });

  it("[AL51] a rate is waited for by the parameter, not by an answer that is none", async ({ expect }) => {
    const answers = [
      '{"ok":false,"parameters":{"retry_after":31}}',
      '{"ok":false,"parameters":{"retry_after":-5}}',
      "<html>busy</html>",
      `{"pad":"${"x".repeat(20_000)}","parameters":{"retry_after":31}}`,
    ];
    const seen: unknown[] = [];
    for (const body of answers) {
      const fetch = () =>
        Promise.resolve(new Response(body, { status: 429, headers: { "retry-after": "9" } }));
      const log = { write: () => undefined };
      const chat = { base: "https://a.invalid", token: BOT_TOKEN, chatId: CHAT_ID };
      const outcome = await makeTelegramSender(chat, { fetch, now: () => 0, log }).send(makeAlertMessage());
      seen.push(v.parse(v.object({ afterMs: v.number() }), outcome).afterMs);
    }
    expect(seen).toEqual([31_000, 9_000, 9_000, 9_000]);
  });
});
