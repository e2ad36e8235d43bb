/** FK16: `sendMessage` of Telegram's Bot API, for one bot and the chats that it may write to. */
import * as v from "valibot";
import type { ServedAnswer } from "../serve-vendor.ts";
import { answerWithTraps, freshReceiverTraps, type ReceiverTraps } from "./receiver-traps.ts";
import { Received } from "./received.ts";

export interface TelegramText {
  readonly chatId: string;
  readonly text: string;
}

export type ChatState = "open" | "blocked" | "migrated";

const MAX_TEXT = 4_096;
const PATH = /^\/bot([^/]*)\/sendMessage$/;
const REFERENCE = /^ref\. ([A-Za-z0-9_-]{1,64})$/m;

const SendMessage = v.object({
  chat_id: v.union([v.string(), v.number()]),
  text: v.string(),
  parse_mode: v.optional(v.string()),
  link_preview_options: v.optional(v.object({ is_disabled: v.optional(v.boolean()) })),
});

function refusal(status: number, description: string, parameters?: object): Response {
  return Response.json(
    { ok: false, error_code: status, description, ...(parameters !== undefined && { parameters }) },
    { status },
  );
}

const REFUSALS = {
  limited: (retryAfterS: number) =>
    refusal(429, `Too Many Requests: retry after ${retryAfterS}`, { retry_after: retryAfterS }),
  failed: (status: number) => refusal(status, status === 502 ? "Bad Gateway" : "Internal Server Error"),
  gone: () => refusal(403, "Forbidden: bot was blocked by the user"),
};

export class FakeTelegram {
  readonly traps: ReceiverTraps = freshReceiverTraps();
  /** By the key that the text names in a line of its own. */
  readonly received = new Received<TelegramText>();
  readonly chats = new Map<string, ChatState>();
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  readonly handle = (request: Request): Promise<ServedAnswer> =>
    answerWithTraps(this.traps, REFUSALS, request, () => this.#answer(request));

  async #answer(request: Request): Promise<Response> {
    const token = PATH.exec(new URL(request.url).pathname)?.[1];
    if (token === undefined || request.method !== "POST" || !token.includes(":")) {
      return refusal(404, "Not Found");
    }
    if (token !== this.#token) {
      return refusal(401, "Unauthorized");
    }
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), SendMessage), await request.text());
    return parsed.success ? this.#take(parsed.output) : refusal(400, "Bad Request: can't parse message");
  }

  #take({ chat_id, text, parse_mode }: v.InferOutput<typeof SendMessage>): Response {
    const chatId = String(chat_id);
    const state = this.chats.get(chatId);
    if (state === undefined) {
      return refusal(400, "Bad Request: chat not found");
    }
    if (state === "blocked") {
      return REFUSALS.gone();
    }
    if (state === "migrated") {
      const parameters = { migrate_to_chat_id: -1_001_234_567_890 };
      return refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", parameters);
    }
    if (text.trim() === "" || text.length > MAX_TEXT || parse_mode !== undefined) {
      return refusal(
        400,
        text.trim() === "" ? "Bad Request: message text is empty" : "Bad Request: message is too long",
      );
    }
    this.received.add(REFERENCE.exec(text)?.[1] ?? "", { chatId, text });
    return Response.json({ ok: true, result: { message_id: this.received.keys().length } });
  }
}
