import { describe, it } from "vitest";
import { makeAlertMessage } from "../../testing/builders/alert-builder.ts";
import { type SenderStage, stageSenders } from "../../testing/fakes/alerts/sender-stage.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { pushPayload } from "./push-payload.ts";
import { makeVapidKeys, vapidSubject } from "./vapid.ts";
import { makePushSender } from "./web-push.ts";

async function withStage(play: (stage: SenderStage) => Promise<void>) {
  const stage = await stageSenders(8_000);
  try {
    await play(stage);
  } finally {
    await stage.end();
  }
}

describe("a browser's push service", () => {
  it("[AL62] gets a message that its browser alone reads, which replaces the attempt before", ({ expect }) =>
    withStage(async ({ push, receivers, subscription }) => {
      const message = makeAlertMessage();
      receivers.push.traps.cutAfter = 1;
      await push.send(message);
      expect(await push.send(message)).toEqual({ kind: "sent" });
      await push.send(makeAlertMessage({ key: "another" }));
      const taken = receivers.push.received.of(message.key);
      expect(taken).toHaveLength(2);
      expect(taken[0]?.payload).toEqual({
        key: message.key,
        title: message.title,
        body: message.text.slice(message.title.length + 1),
        url: message.url,
        tag: message.key,
        kind: "alert",
        at: message.at,
        ids: message.events.map(({ id }) => id),
      });
      const headers = taken[0]?.headers;
      expect([headers?.get("ttl"), headers?.get("urgency"), headers?.get("content-encoding")]).toEqual([
        "14400",
        "high",
        "aes128gcm",
      ]);
      expect(headers?.get("topic")).toMatch(/^[\w-]{32}$/);
      const waiting = receivers.push.fetchWaiting(subscription.endpoint).map(({ payload }) => payload["key"]);
      expect(waiting).toEqual([message.key, "another"]);
    }));

  it("[AL61] gets at most 3,000 bytes of a message, whatever its signs are", async ({ expect }) => {
    for (const sign of ["가", "🙂", "a", '"', "\u0001"]) {
      const text = `머리\n${sign.repeat(Math.floor(3_400 / sign.length))}`;
      const message = makeAlertMessage({ text, title: sign.repeat(Math.floor(120 / sign.length)) });
      const bytes = pushPayload(message);
      expect(bytes.length, sign).toBeLessThanOrEqual(3_000);
      expect(bytes.length, sign).toBeGreaterThan(2_900);
      const { body }: { readonly body?: unknown } = JSON.parse(new TextDecoder().decode(bytes));
      expect(typeof body === "string" && body.isWellFormed() && text.startsWith(body), sign).toBe(true);
    }
  });

  it("[AL60] knows the installation by keys that are drawn once, and refuses every other sender", ({
    expect,
  }) =>
    withStage(async ({ subscription, surroundings, installation }) => {
      expect(Buffer.from(installation.keys.publicKey, "base64url")).toHaveLength(65);
      expect(installation.keys.publicKey).toMatch(/^[\w-]{87}$/);
      const others = await makeVapidKeys();
      expect(others.publicKey).not.toBe(installation.keys.publicKey);
      for (const keys of [others, { ...others, publicKey: installation.keys.publicKey }]) {
        const sender = makePushSender(subscription, { ...installation, keys }, surroundings);
        expect(await sender.send(makeAlertMessage())).toMatchObject({ kind: "refused" });
      }
    }));

  it("[AL60] is signed at the moment of the attempt, for twelve hours", ({ expect }) =>
    withStage(async ({ subscription, surroundings, installation }) => {
      for (const [ahead, kind] of [
        [-13, "refused"],
        [-11, "sent"],
        [11, "sent"],
        [13, "refused"],
      ] as const) {
        const now = () => Date.now() + ahead * 3_600_000;
        const sender = makePushSender(subscription, installation, { ...surroundings, now });
        expect((await sender.send(makeAlertMessage())).kind, `${ahead} h`).toBe(kind);
      }
    }));

  it("[AL60] is named by the installation's https address, or by a name that leads nowhere", ({ expect }) => {
    expect(vapidSubject("https://radar.example/alerts?x=1")).toBe("https://radar.example");
    for (const address of [null, "http://127.0.0.1:8787", "nonsense"]) {
      expect(vapidSubject(address)).toBe("mailto:alerts@vcp-radar.invalid");
    }
  });

  it("[AL33] is named by the address that is set, or by that of a browser, and by none of an inner network", ({
    expect,
  }) => {
    expect(vapidSubject("https://set.example", "https://asked.example")).toBe("https://set.example");
    for (const set of [
      null,
      "http://radar.example",
      "https://nas.local/",
      "https://192.0.2.1",
      "https://[2001:db8::1]",
    ]) {
      expect(vapidSubject(set, "https://radar.workers.dev")).toBe("https://radar.workers.dev");
    }
    for (const inner of [
      "https://localhost:8787",
      "https://radar",
      "https://a.localhost",
      "https://nas.home.arpa",
      "https://x.internal",
    ]) {
      expect(vapidSubject(inner, inner)).toBe("mailto:alerts@vcp-radar.invalid");
    }
  });

  it("[AL33] states what to do where it takes no sender without a public address", ({ expect }) =>
    withStage(async ({ receivers, subscription, installation, surroundings }) => {
      const nameless = { ...installation, subject: vapidSubject(null) };
      for (const [own, remedy] of [
        [nameless, true],
        [installation, false],
      ] as const) {
        Object.assign(receivers.push.traps, { failing: 1, failStatus: 403 });
        const outcome = await makePushSender(subscription, own, surroundings).send(makeAlertMessage());
        expect(outcome.kind).toBe("refused");
        const reason = "reason" in outcome ? outcome.reason : "";
        expect([reason.includes("set PUBLIC_URL"), reason.length <= 200]).toEqual([remedy, true]);
      }
    }));

  it("[AL63] is gone when the browser has ended its subscription", ({ expect }) =>
    withStage(async ({ push, receivers, subscription, installation, surroundings }) => {
      receivers.push.end(subscription.endpoint);
      expect(await push.send(makeAlertMessage())).toMatchObject({ kind: "gone" });
      const unknown = { ...subscription, endpoint: subscription.endpoint.replace(/[^/]*$/, "nobody") };
      const sender = makePushSender(unknown, installation, surroundings);
      expect(await sender.send(makeAlertMessage())).toMatchObject({ kind: "gone" });
    }));

  it("[AL63] a message or a sender that is not taken is refused", ({ expect }) =>
    withStage(async ({ push, receivers }) => {
      for (const failStatus of [400, 401, 403, 413]) {
        Object.assign(receivers.push.traps, { failing: 1, failStatus });
        expect(await push.send(makeAlertMessage()), String(failStatus)).toMatchObject({ kind: "refused" });
      }
    }));

  it("[AL63] keys that no browser has are refused without a call", ({ expect }) =>
    withStage(async ({ subscription, installation, surroundings, receivers }) => {
      const { p256dh, auth } = subscription.keys;
      for (const keys of [
        { p256dh: "", auth },
        { p256dh: p256dh.slice(4), auth },
        { p256dh: `BAAA${p256dh.slice(4)}`, auth },
        { p256dh, auth: "short" },
        { p256dh: "not base64url!", auth },
      ]) {
        const log = new MemoryLog();
        const sender = makePushSender({ ...subscription, keys }, installation, { ...surroundings, log });
        expect(await sender.send(makeAlertMessage()), JSON.stringify(keys)).toMatchObject({
          kind: "refused",
        });
        expect(log.lines.map(({ event }) => event)).toEqual(["alert_not_encrypted"]);
      }
      expect(receivers.push.received.keys()).toEqual([]);
    }));
});
