/** A channel as it is typed: what is sent of it, and what is not. */
import { describe, it } from "vitest";
import type { ChannelRow } from "../../../worker/protocol/rest/alerts.ts";
import { bodyOf, type ChannelDraft, draftOf, isSecretOfUse, newDraft } from "./channel-draft.ts";

const TOKEN = `123456:${"A".repeat(35)}`;
const BOT: ChannelDraft = { ...newDraft("telegram"), name: "phone", chatId: "-1001234567890", token: TOKEN };
const HOOK: ChannelDraft = { ...newDraft("webhook"), name: "desk", url: "https://hooks.example/a" };
const ROW: ChannelRow = {
  id: "desk",
  kind: "webhook",
  name: "desk",
  hint: "hooks.example",
  template: "slack",
  state: "ok",
  failures: 0,
  last_sent_at: null,
};

describe("a channel that is typed", () => {
  it("[UI293] sends what is typed without blanks round it, and no field that is empty", ({ expect }) => {
    expect(bodyOf({ ...BOT, chatId: ` ${BOT.chatId} `, token: `${TOKEN}\n` }, true)).toEqual({
      body: { kind: "telegram", name: "phone", chat_id: "-1001234567890", token: TOKEN },
    });
    expect(bodyOf(HOOK, true)).toEqual({
      body: { kind: "webhook", name: "desk", url: "https://hooks.example/a", template: "raw" },
    });
  });

  it("[UI293] keeps what is stored where a field of a known channel is empty: its address too", ({
    expect,
  }) => {
    expect(draftOf(ROW)).toEqual({ ...newDraft("webhook"), name: "desk", template: "slack" });
    expect(bodyOf(draftOf(ROW), false)).toEqual({
      body: { kind: "webhook", name: "desk", template: "slack" },
    });
    const bot: ChannelRow = { ...ROW, kind: "telegram", hint: "@radar", template: null };
    expect(bodyOf(draftOf(bot), false)).toEqual({
      body: { kind: "telegram", name: "desk", chat_id: "@radar" },
    });
  });

  it.for([
    ["a name of two lines", { ...BOT, name: "a\u2028b" }, "name"],
    ["a chat that is no number", { ...BOT, chatId: "my chat" }, "chatId"],
    ["no chat", { ...BOT, chatId: "" }, "chatId"],
    ["a token of another form", { ...BOT, token: "secret" }, "token"],
    ["a new bot without a token", { ...BOT, token: " " }, "token"],
    ["an address that is none", { ...HOOK, url: "hooks.example" }, "url"],
    ["a new webhook without an address", { ...HOOK, url: "" }, "url"],
    ["a short secret", { ...HOOK, secret: "short" }, "secret"],
    ["a secret with a blank", { ...HOOK, secret: "0123456789 abcdef" }, "secret"],
  ] as const)("[UI293] names the field of %s, and sends nothing", ([, draft, wrong], { expect }) => {
    expect(bodyOf(draft, true)).toEqual({ wrong });
  });

  it("[UI293] asks for a secret where a receiver checks one: Discord and Slack do not", ({ expect }) => {
    const templates = ["raw", "discord", "slack"] as const;
    expect(templates.map((template) => isSecretOfUse({ kind: "webhook", template }))).toEqual([
      true,
      false,
      false,
    ]);
    expect(isSecretOfUse(BOT)).toBe(false);
  });
});
