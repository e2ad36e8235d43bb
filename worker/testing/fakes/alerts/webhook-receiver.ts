/** FK17: the receiver of a webhook, which takes what is signed, fresh and of its own form: raw, or as Discord and Slack take it. */
import { createHmac } from "node:crypto";
import * as v from "valibot";
import type { ServedAnswer } from "../serve-vendor.ts";
import { answerWithTraps, freshReceiverTraps, type ReceiverTraps } from "./receiver-traps.ts";
import { Received } from "./received.ts";

export interface WebhookCall {
  readonly headers: Headers;
  readonly body: string;
}

export interface WebhookReceiverOptions {
  readonly secret: string;
  readonly form: "raw" | "discord" | "slack";
  readonly now: () => number;
}

const WINDOW_S = 300;
const MAX_CONTENT = 2_000;

const FORMS = {
  raw: v.looseObject({ version: v.literal(1), key: v.string() }),
  discord: v.looseObject({ content: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_CONTENT)) }),
  slack: v.looseObject({ text: v.pipe(v.string(), v.minLength(1)) }),
};

const REFUSALS = {
  limited: (retryAfterS: number) =>
    new Response("rate", { status: 429, headers: { "retry-after": String(retryAfterS) } }),
  failed: (status: number) => new Response("failed", { status }),
  gone: () => new Response("gone", { status: 410 }),
};

export class WebhookReceiver {
  readonly traps: ReceiverTraps = freshReceiverTraps();
  /** By `Idempotency-Key`. */
  readonly received = new Received<WebhookCall>();
  readonly #options: WebhookReceiverOptions;

  constructor(options: WebhookReceiverOptions) {
    this.#options = options;
  }

  readonly handle = (request: Request): Promise<ServedAnswer> =>
    answerWithTraps(this.traps, REFUSALS, request, () => this.#take(request));

  async #take(request: Request): Promise<Response> {
    const { secret, form, now } = this.#options;
    const body = await request.text();
    const seconds = request.headers.get("x-radar-timestamp") ?? "";
    const mine = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
    if (request.headers.get("x-radar-signature") !== `v1=${mine}`) {
      return new Response("not signed with the secret", { status: 401 });
    }
    if (Math.abs(now() / 1_000 - Number(seconds)) > WINDOW_S) {
      return new Response("too old", { status: 401 });
    }
    if (!v.is(v.pipe(v.string(), v.parseJson(), FORMS[form]), body)) {
      return new Response("not of the form", { status: 400 });
    }
    this.received.add(request.headers.get("idempotency-key") ?? "", { headers: request.headers, body });
    return new Response(form === "discord" ? null : "ok", { status: form === "discord" ? 204 : 200 });
  }
}
