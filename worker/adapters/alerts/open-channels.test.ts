import { describe, it } from "vitest";
import { makeAlertMessage } from "../../testing/builders/alert-builder.ts";
import { BOT_TOKEN, CHAT_ID, WEBHOOK_SECRET } from "../../testing/fakes/alerts/samples.ts";
import { stageSenders } from "../../testing/fakes/alerts/sender-stage.ts";
import { serveVendor } from "../../testing/fakes/serve-vendor.ts";
import { openChannels } from "./open-channels.ts";

describe("the channels of a program", () => {
  it("[AL42] [AL64] what is configured goes by the platform's way, what is typed in by the judged one", async ({
    expect,
  }) => {
    const stage = await stageSenders(8_000);
    const resolver = await serveVendor((request) => {
      const isIpv4 = new URL(request.url).searchParams.get("type") === "A";
      return Response.json({ Status: 0, Answer: isIpv4 ? [{ type: 1, data: "1.1.1.1" }] : [] });
    });
    try {
      const asked: string[] = [];
      const PUBLIC_OUTBOUND = {
        fetch: (request: Request) => {
          asked.push(request.url);
          return Promise.resolve(new Response(null, { status: 204 }));
        },
      };
      const env = { ...stage.receivers.vars, PUBLIC_OUTBOUND };
      const channels = openChannels(env, Date.now, stage.log, `${resolver.url}/dns-query`);
      const hook = { template: "raw", secret: WEBHOOK_SECRET } as const;
      for (const sender of [
        channels.telegram({ token: BOT_TOKEN, chatId: CHAT_ID }),
        channels.webhook({ ...hook, url: stage.receivers.webhookUrl }),
        channels.push(stage.subscription, stage.installation),
        channels.webhook({ ...hook, url: "https://hooks.radar-check.com/x" }),
      ]) {
        expect(await sender.send(makeAlertMessage())).toEqual({ kind: "sent" });
      }
      expect(asked).toEqual(["https://hooks.radar-check.com/x"]);
      const { telegram, webhook, push } = stage.receivers;
      expect([telegram, webhook, push].map(({ received }) => received.keys().length)).toEqual([1, 1, 1]);
      expect(await channels.targets.refusal("https://127.1/x")).not.toBeNull();
      const inner = channels.webhook({ ...hook, url: `${resolver.url}/x` });
      expect(await inner.send(makeAlertMessage())).toMatchObject({ kind: "refused" });
    } finally {
      await Promise.all([stage.end(), resolver.end()]);
    }
  });
});
