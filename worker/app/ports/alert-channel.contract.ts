/** What every channel of alerts must do with a receiver that works, fails, is silent, lies or is gone. */
import { describe, it } from "vitest";
import type { AlertMessage, AlertSender, SendOutcome } from "./alert-channel.ts";

/** Counts of requests that something still happens to, and states; as the fakes of the receivers have them. */
export interface ReceiverSwitches {
  failing: number;
  failStatus: number;
  limited: number;
  retryAfterS: number;
  silent: number;
  cutBefore: number;
  cutAfter: number;
  slowBody: number;
  hugeBody: number;
  gone: boolean;
  redirectTo: string | null;
  echo: boolean;
}

export interface SenderWorld {
  readonly sender: AlertSender;
  readonly switches: ReceiverSwitches;
  /** How often the receiver took a message of this key. */
  readonly taken: (key: string) => number;
  /** Every line of the log as text. */
  readonly logged: () => string;
  /** What no reason and no line of the log may hold. */
  readonly secrets: readonly string[];
  /** The address of a server in the inner network, and how many requests it got. */
  readonly inner: { readonly url: string; requests(): number };
  /** The receiver is away. */
  readonly end: () => Promise<void>;
}

const WORTH_RETRY = [408, 425, 500, 502, 503, 504];
const DAY_MS = 86_400_000;
/** Long, so that a machine with other work fails no attempt, and short, for those that must run into it. */
const [LONG_MS, SHORT_MS] = [8_000, 100];

/** `make` gives a world with a working receiver, over a real connection, whose attempts have so many milliseconds; `message` makes one of this key. */
export function alertSenderContract(
  name: string,
  make: (patienceMs: number) => Promise<SenderWorld>,
  message: (key: string) => AlertMessage,
): void {
  const within = async (play: (world: SenderWorld) => Promise<void>, patienceMs = LONG_MS) => {
    const world = await make(patienceMs);
    try {
      await play(world);
    } finally {
      await world.end();
    }
  };
  const timed = async (answer: Promise<SendOutcome>) => {
    const from = performance.now();
    return { outcome: await answer, ms: performance.now() - from };
  };

  describe(`AlertSender: ${name}`, () => {
    it("[AL48] a message arrives once, under its key", ({ expect }) =>
      within(async ({ sender, taken }) => {
        expect(await sender.send(message("k-1"))).toEqual({ kind: "sent" });
        expect(await sender.send(message("k_2"))).toEqual({ kind: "sent" });
        expect([taken("k-1"), taken("k_2"), taken("k-3")]).toEqual([1, 1, 0]);
      }));

    it("[AL48] an attempt whose answer was lost is repeated under the same key", ({ expect }) =>
      within(async ({ sender, switches, taken }) => {
        switches.cutAfter = 1;
        expect(await sender.send(message("k-1"))).toMatchObject({ kind: "retry", afterMs: null });
        expect(await sender.send(message("k-1"))).toEqual({ kind: "sent" });
        expect(taken("k-1")).toBe(2);
      }));

    it("[AL46] a receiver that fails is tried again, and takes the message then", ({ expect }) =>
      within(async ({ sender, switches, taken }) => {
        for (const status of WORTH_RETRY) {
          switches.failing = 1;
          switches.failStatus = status;
          expect(await sender.send(message("k-1")), String(status)).toMatchObject({
            kind: "retry",
            afterMs: null,
          });
        }
        expect(taken("k-1")).toBe(0);
        expect(await sender.send(message("k-1"))).toEqual({ kind: "sent" });
        expect(taken("k-1")).toBe(1);
      }));

    it("[AL46] a rate is waited for as long as the receiver asks, at most a day", ({ expect }) =>
      within(async ({ sender, switches }) => {
        for (const [seconds, afterMs] of [
          [7, 7_000],
          [0, 0],
          [1_000_000, DAY_MS],
        ] as const) {
          Object.assign(switches, { limited: 1, retryAfterS: seconds });
          expect(await sender.send(message("k-1"))).toMatchObject({ kind: "retry", afterMs });
        }
      }));

    it("[AL46] a refusal is one, and so is a redirect, which is not followed", ({ expect }) =>
      within(async ({ sender, switches, taken, inner }) => {
        Object.assign(switches, { failing: 1, failStatus: 418 });
        expect(await sender.send(message("k-1"))).toMatchObject({ kind: "refused" });
        switches.redirectTo = `${inner.url}/latest/meta-data`;
        expect(await sender.send(message("k-1"))).toMatchObject({ kind: "refused" });
        expect([inner.requests(), taken("k-1")]).toEqual([0, 0]);
      }));

    it("[AL46] a receiver that is gone is named so", ({ expect }) =>
      within(async ({ sender, switches }) => {
        switches.gone = true;
        expect(await sender.send(message("k-1"))).toMatchObject({ kind: "gone" });
      }));

    it("[AL44] a receiver that is silent costs the time of an attempt and no more", ({ expect }) =>
      within(async ({ sender, switches, taken, secrets, logged }) => {
        switches.silent = 1;
        const { outcome, ms } = await timed(sender.send(message("k-1")));
        expect(outcome).toMatchObject({ kind: "retry", afterMs: null });
        expect(ms).toBeGreaterThan(SHORT_MS - 20);
        expect(ms).toBeLessThan(LONG_MS);
        expect(taken("k-1")).toBe(0);
        expect(logged()).toContain("alert_send_timed_out");
        expect(secrets.filter((secret) => JSON.stringify([outcome, logged()]).includes(secret))).toEqual([]);
      }, SHORT_MS));

    it("[AL44] a receiver that cuts the connection or is away is tried again", ({ expect }) =>
      within(async ({ sender, switches, taken, end }) => {
        switches.cutBefore = 1;
        expect(await sender.send(message("k-1"))).toMatchObject({ kind: "retry", afterMs: null });
        expect(taken("k-1")).toBe(0);
        expect(await sender.send(message("k-1"))).toEqual({ kind: "sent" });
        await end();
        expect(await sender.send(message("k-1"))).toMatchObject({ kind: "retry", afterMs: null });
      }));

    it("[AL44] an answer without an end does not keep a message that was taken", ({ expect }) =>
      within(async ({ sender, switches, taken }) => {
        for (const body of ["slowBody", "hugeBody"] as const) {
          switches[body] = 1;
          const { outcome, ms } = await timed(sender.send(message(body)));
          expect(outcome, body).toEqual({ kind: "sent" });
          expect(ms, body).toBeLessThan(LONG_MS);
          expect(taken(body)).toBe(1);
        }
      }));

    it("[AL45] reasons and log hold no secret, though answers repeat what they were sent", ({ expect }) =>
      within(async ({ sender, switches, logged, secrets, inner, end }) => {
        switches.echo = true;
        const reasons: string[] = [];
        const send = async (patch: Partial<ReceiverSwitches>) => {
          Object.assign(switches, patch);
          const outcome = await sender.send(message("k-1"));
          reasons.push("reason" in outcome ? outcome.reason : "");
        };
        for (const failStatus of [400, 401, 403, 404, 409, 410, 413, 422, 429, 500]) {
          await send({ failing: 1, failStatus });
        }
        await send({ limited: 1 });
        await send({ cutBefore: 1 });
        await send({ redirectTo: inner.url });
        await send({ redirectTo: null, gone: true });
        await end();
        await send({ gone: false });
        expect(reasons).toHaveLength(15);
        expect(logged()).not.toBe("");
        for (const secret of secrets) {
          expect(reasons.join("\n")).not.toContain(secret);
          expect(logged()).not.toContain(secret);
        }
        expect(Math.max(...reasons.map((reason) => reason.length))).toBeLessThanOrEqual(200);
        expect(Math.min(...reasons.map((reason) => reason.length)), "each has a reason").toBeGreaterThan(0);
      }));
  });
}
