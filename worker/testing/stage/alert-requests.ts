/** Requests to the routes of the alerts, and bodies that they take. */
import { type Answer, ask } from "./ask.ts";
import { type App, at } from "./reader-stage.ts";

export const RULE = {
  name: "stars",
  on: true,
  kinds: ["confirmed"],
  within: 3,
  scope: { kind: "tickers", from: "starred", tickers: ["005930"] },
  cooldown: 10,
  quiet: { from: "22:00", until: "07:00", zone: "Asia/Seoul" },
  digest: false,
  only_open: false,
  language: "ko",
  channels: [],
};
export const BOT_TOKEN = "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ";
export const TELEGRAM = { kind: "telegram", name: "me", chat_id: "12345", token: BOT_TOKEN };
export const WEBHOOK = {
  kind: "webhook",
  name: "hook",
  url: "https://hooks.example/very/secret",
  template: "raw",
};
export const SUBSCRIPTION = {
  endpoint: "https://push.example/1",
  keys: { p256dh: "B".repeat(87), auth: "a".repeat(22) },
  rules: [{ id: "stars", ...RULE }],
};

export type SentHeaders = Readonly<Record<string, string>>;
interface Asked {
  readonly headers?: SentHeaders;
  readonly body?: unknown;
}

export async function send(
  app: App,
  method: string,
  path: string,
  { headers, body }: Asked = {},
): Promise<Answer> {
  return await ask(app, at(path), {
    method,
    ...(headers && { headers }),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
