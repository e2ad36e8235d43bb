import { afterEach, describe, it, vi } from "vitest";
import type { SendOutcome } from "../../app/ports/alert-channel.ts";
import { makeAlertMessage } from "../../testing/builders/alert-builder.ts";
import { FakePushService } from "../../testing/fakes/alerts/fake-push-service.ts";
import { BOT_TOKEN, CHAT_ID, WEBHOOK_SECRET } from "../../testing/fakes/alerts/samples.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { makeTelegramSender } from "./telegram.ts";
import { makeVapidKeys } from "./vapid.ts";
import { makePushSender } from "./web-push.ts";
import { makeWebhookSender } from "./webhook.ts";

const HOOK = "https://hooks.radar-check.com/services/path-secret";

interface Faults {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly refusal: (url: string) => Promise<string | null>;
}

/** All channels with the patience of the product, before faults of the platform. */
async function sendersWith({ fetch, refusal }: Faults) {
  const log = new MemoryLog();
  const surroundings = { fetch, now: () => 1_000, log, targets: { refusal } };
  const keys = await makeVapidKeys();
  const subscription = new FakePushService(
    () => "https://push.radar-check.com",
    () => 1_000,
  ).subscribe(keys.publicKey);
  const senders = [
    makeTelegramSender(
      { base: "https://api.telegram.invalid", token: BOT_TOKEN, chatId: CHAT_ID },
      surroundings,
    ),
    makeWebhookSender({ url: HOOK, template: "raw", secret: WEBHOOK_SECRET }, surroundings),
    makePushSender(subscription, { keys, subject: "mailto:a@radar.example" }, surroundings),
  ];
  return { senders, log };
}

const never = (): Promise<never> => new Promise(() => undefined);
const allowed = () => Promise.resolve(null);

describe("one attempt", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("[AL44] ends within ten seconds, though neither names nor answers come and nobody heeds the end", async ({
    expect,
  }) => {
    for (const faults of [
      { fetch: never, refusal: allowed },
      { fetch: never, refusal: never },
      {
        // An answer whose body never comes, with a status for which Telegram's is read.
        fetch: () => Promise.resolve(new Response(new ReadableStream({ pull: never }), { status: 429 })),
        refusal: never,
      },
    ]) {
      const { senders, log } = await sendersWith(faults);
      vi.useFakeTimers();
      const outcomes: SendOutcome[] = [];
      const sending = senders.map(async (sender) => outcomes.push(await sender.send(makeAlertMessage())));
      await vi.advanceTimersByTimeAsync(7_900);
      expect(outcomes).toEqual([]);
      await vi.advanceTimersByTimeAsync(2_000);
      await Promise.all(sending);
      expect(outcomes.map(({ kind }) => kind)).toEqual(["retry", "retry", "retry"]);
      expect(log.lines.map(({ event }) => event)).toContain("alert_send_timed_out");
      vi.useRealTimers();
    }
  });

  it("[AL44] [AL45] a platform that throws, with the address in its message, is a reason for another attempt", async ({
    expect,
  }) => {
    const thrown = (request: Request): Error =>
      Object.assign(
        new TypeError(`Failed to fetch ${request.url} ${request.headers.get("authorization") ?? ""}`),
        {
          cause: Object.assign(new Error(`connect ${request.url}`), { code: "ECONNREFUSED" }),
        },
      );
    for (const fetch of [
      (request: Request) => Promise.reject(thrown(request)),
      (request: Request) => {
        throw thrown(request);
      },
    ]) {
      const { senders, log } = await sendersWith({ fetch, refusal: allowed });
      const outcomes = await Promise.all(senders.map((sender) => sender.send(makeAlertMessage())));
      expect(outcomes.map(({ kind }) => kind)).toEqual(["retry", "retry", "retry"]);
      expect(log.lines.map(({ fields }) => fields["error"])).toEqual(Array(3).fill("TypeError ECONNREFUSED"));
      const written = JSON.stringify([outcomes, log.lines]);
      for (const secret of ["fake_token", "path-secret", "vapid t=", WEBHOOK_SECRET]) {
        expect(written).not.toContain(secret);
      }
    }
  });

  it("[AL44] a check of the target that rejects is a reason for another attempt", async ({ expect }) => {
    const { senders } = await sendersWith({ fetch: never, refusal: () => Promise.reject(new Error("no")) });
    const [, webhook, push] = senders;
    expect(await webhook?.send(makeAlertMessage())).toMatchObject({ kind: "retry" });
    expect(await push?.send(makeAlertMessage())).toMatchObject({ kind: "retry" });
  });

  it("[AL40] a target that is refused is not called", async ({ expect }) => {
    const called: string[] = [];
    const fetch = (request: Request) => {
      called.push(request.url);
      return Promise.resolve(new Response());
    };
    const { senders } = await sendersWith({ fetch, refusal: () => Promise.resolve("its port is none") });
    const [, webhook, push] = senders;
    for (const sender of [webhook, push]) {
      const outcome = await sender?.send(makeAlertMessage());
      expect(outcome).toMatchObject({ kind: "refused", reason: expect.stringContaining("its port is none") });
    }
    expect(called).toEqual([]);
  });
});
