/** FK18: a push service (RFC 8030) for browsers of its own, each of which reads what came for it. */
import { createECDH, randomBytes } from "node:crypto";
import * as v from "valibot";
import type { ServedAnswer } from "../serve-vendor.ts";
import { type BrowserKeys, decryptPush } from "./decrypt-push.ts";
import { answerWithTraps, freshReceiverTraps, type ReceiverTraps } from "./receiver-traps.ts";
import { Received } from "./received.ts";

export interface PushedMessage {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
}

/** As a browser hands it to the page. */
export interface MadeSubscription {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

interface Browser extends BrowserKeys {
  /** The key of the only sender that may write, base64url. */
  readonly sender: string;
  ended: boolean;
  /** What was not fetched yet, by topic: a later message of the same topic takes the place of the one before. */
  readonly waiting: Map<string, PushedMessage>;
}

const MAX_BODY = 4_096;
const DAY_S = 86_400;
const VAPID = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/;
const TOPIC = /^[A-Za-z0-9_-]{1,32}$/;

const Claims = v.object({
  aud: v.string(),
  exp: v.number(),
  sub: v.pipe(v.string(), v.regex(/^(?:mailto:|https:)/)),
});
const Payload = v.looseObject({ key: v.string() });
const Json = v.pipe(v.string(), v.parseJson());

const REFUSALS = {
  limited: (retryAfterS: number) =>
    new Response("rate", { status: 429, headers: { "retry-after": String(retryAfterS) } }),
  failed: (status: number) => new Response("failed", { status }),
  gone: () => new Response("unsubscribed", { status: 410 }),
};

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(base64url, "base64url"));
}

export class FakePushService {
  readonly traps: ReceiverTraps = freshReceiverTraps();
  /** By the key that the decrypted payload names. */
  readonly received = new Received<PushedMessage>();
  readonly #browsers = new Map<string, Browser>();
  readonly #origin: () => string;
  readonly #now: () => number;

  /** `origin` is known when the service is served. */
  constructor(origin: () => string, now: () => number) {
    this.#origin = origin;
    this.#now = now;
  }

  /** `applicationServerKey` as the page names it to its browser. */
  subscribe(applicationServerKey: string): MadeSubscription {
    const pair = createECDH("prime256v1");
    pair.generateKeys();
    const [id, auth] = [randomBytes(12).toString("base64url"), randomBytes(16)];
    const browser = { privateKey: pair.getPrivateKey(), auth, sender: applicationServerKey };
    this.#browsers.set(id, { ...browser, ended: false, waiting: new Map() });
    const keys = { p256dh: pair.getPublicKey("base64url"), auth: auth.toString("base64url") };
    return { endpoint: `${this.#origin()}/push/${id}`, keys };
  }

  /** The browser has ended its subscription. */
  end(endpoint: string): void {
    const browser = this.#browserOf(endpoint);
    if (browser !== undefined) {
      browser.ended = true;
    }
  }

  /** What a browser that was off finds when it comes back, the oldest first. */
  fetchWaiting(endpoint: string): readonly PushedMessage[] {
    const browser = this.#browserOf(endpoint);
    const waiting = [...(browser?.waiting.values() ?? [])];
    browser?.waiting.clear();
    return waiting;
  }

  readonly handle = (request: Request): Promise<ServedAnswer> =>
    answerWithTraps(this.traps, REFUSALS, request, () => this.#take(request));

  #browserOf(endpoint: string): Browser | undefined {
    return this.#browsers.get(new URL(endpoint).pathname.split("/").at(-1) ?? "");
  }

  async #take(request: Request): Promise<Response> {
    const browser = this.#browserOf(request.url);
    if (browser === undefined || browser.ended) {
      return new Response("unsubscribed", { status: browser === undefined ? 404 : 410 });
    }
    const body = new Uint8Array(await request.arrayBuffer());
    const { headers } = request;
    if (body.length > MAX_BODY) {
      return new Response("too long", { status: 413 });
    }
    if (!(await this.#isFromSender(headers.get("authorization") ?? "", browser.sender))) {
      return new Response("not by the sender of this subscription", { status: 403 });
    }
    const topic = headers.get("topic");
    const isForm = headers.get("content-encoding") === "aes128gcm" && /^\d+$/.test(headers.get("ttl") ?? "");
    if (!isForm || (topic !== null && !TOPIC.test(topic))) {
      return new Response("header missing or wrong", { status: 400 });
    }
    const message = {
      payload: v.parse(Payload, JSON.parse(Buffer.from(decryptPush(body, browser)).toString())),
      headers,
    };
    this.received.add(message.payload.key, message);
    browser.waiting.set(topic ?? randomBytes(8).toString("hex"), message);
    return new Response(null, { status: 201, headers: { location: `${this.#origin()}/message/1` } });
  }

  /** VAPID: an ES256 token of the key that the subscription was made with, for this origin, of at most a day. */
  async #isFromSender(authorization: string, sender: string): Promise<boolean> {
    const [, head = "", claimed = "", signature = "", key = ""] = VAPID.exec(authorization) ?? [];
    if (key === "" || key !== sender) {
      return false;
    }
    const curve = { name: "ECDSA", namedCurve: "P-256" };
    const publicKey = await crypto.subtle.importKey("raw", bytesOf(key), curve, false, ["verify"]);
    const signed = new TextEncoder().encode(`${head}.${claimed}`);
    const isSigned = await crypto.subtle.verify(
      { name: "ECDSA", hash: "SHA-256" },
      publicKey,
      bytesOf(signature),
      signed,
    );
    const claims = v.safeParse(v.pipe(Json, Claims), new TextDecoder().decode(bytesOf(claimed)));
    const now = this.#now() / 1_000;
    const isFresh = claims.success && claims.output.exp > now && claims.output.exp <= now + DAY_S;
    return isSigned && isFresh && claims.output.aud === this.#origin();
  }
}
