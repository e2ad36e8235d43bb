/** AL50 to AL53: alerts to a chat of Telegram by the owner's own bot (Bot API, `sendMessage`). */
import * as v from "valibot";
import type { AlertSender, SendOutcome } from "../../app/ports/alert-channel.ts";
import { readBoundedBody } from "../upstream/bounded-body.ts";
import { plainText } from "./message-text.ts";
import { attemptToSend, type SendSurroundings } from "./send-attempt.ts";
import { outcomeOfStatus, secondsToWait } from "./send-outcome.ts";

export interface TelegramChat {
  /** `TELEGRAM_BASE`, without a slash at the end. */
  readonly base: string;
  /** A secret, and a part of every address that is called. */
  readonly token: string;
  /** A number as text, below 0 for a group, or the `@name` of a channel. */
  readonly chatId: string;
}

const RECEIVER = "Telegram";
const TOKEN = /^\d{1,20}:[A-Za-z0-9_-]{20,100}$/;
/** UTF-16 units of a message. */
const MAX_TEXT = 4_096;
const MAX_ANSWER = 16_384;

const Refusal = v.object({
  description: v.optional(v.string(), ""),
  parameters: v.optional(
    v.object({
      retry_after: v.optional(v.pipe(v.number(), v.minValue(0))),
      migrate_to_chat_id: v.optional(v.number()),
    }),
    {},
  ),
});

/** What the answer states beside its status; empty where it is no refusal of the Bot API. */
async function readRefusal(response: Response): Promise<v.InferOutput<typeof Refusal>> {
  const bytes = await readBoundedBody(response, MAX_ANSWER);
  const text = new TextDecoder().decode(bytes ?? new Uint8Array());
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Refusal), text);
  return parsed.success ? parsed.output : { description: "", parameters: {} };
}

async function outcomeOf(response: Response, now: number): Promise<SendOutcome> {
  const outcome = outcomeOfStatus(response, RECEIVER, now);
  switch (response.status) {
    case 400: {
      const { description, parameters } = await readRefusal(response);
      if (parameters.migrate_to_chat_id !== undefined) {
        return { kind: "refused", reason: "the group became a supergroup, whose chat has another number" };
      }
      return /chat not found|user not found|peer_id_invalid/i.test(description)
        ? { kind: "gone", reason: "Telegram knows no such chat, or the bot was never written to in it" }
        : outcome;
    }
    case 401:
    case 404: {
      return { kind: "refused", reason: "Telegram does not know the bot's token" };
    }
    case 403: {
      return { kind: "gone", reason: "the bot was blocked, or removed from the chat" };
    }
    case 429: {
      const seconds = (await readRefusal(response)).parameters.retry_after;
      return outcome.kind === "retry" && seconds !== undefined
        ? { ...outcome, afterMs: secondsToWait(seconds) }
        : outcome;
    }
    default: {
      return outcome;
    }
  }
}

export function makeTelegramSender(chat: TelegramChat, surroundings: SendSurroundings): AlertSender {
  return {
    send: (message) =>
      attemptToSend(RECEIVER, surroundings, async (post) => {
        if (!TOKEN.test(chat.token)) {
          return { kind: "refused", reason: "the bot's token has not the form 123456:ABC-DEF" };
        }
        const body = {
          chat_id: chat.chatId,
          // Without a parse mode nothing in a name is taken for markup.
          text: plainText(message, MAX_TEXT),
          link_preview_options: { is_disabled: true },
        };
        const response = await post(`${chat.base}/bot${chat.token}/sendMessage`, JSON.stringify(body), {
          "content-type": "application/json",
        });
        return outcomeOf(response, surroundings.now());
      }),
  };
}
