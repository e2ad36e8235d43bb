import { describe, it } from "vitest";
import { makeAlertMessage } from "../../testing/builders/alert-builder.ts";
import { stageSenders } from "../../testing/fakes/alerts/sender-stage.ts";
import { publicFetch } from "./public-fetch.ts";
import { makeWebhookSender } from "./webhook.ts";

describe("the way out", () => {
  it("[AL64] is the judged one where there is one, but for exempt origins, and the platform's otherwise", async ({
    expect,
  }) => {
    const stage = await stageSenders(8_000);
    try {
      const asked: string[] = [];
      const PUBLIC_OUTBOUND = {
        fetch: (request: Request) => {
          asked.push(request.url);
          return Promise.resolve(new Response("judged"));
        },
      };
      const exempt = stage.receivers.vars.ALERT_TARGETS;
      const { webhookUrl } = stage.receivers;
      const status = async (answer: Promise<Response>) => (await answer).status;
      expect(await status(publicFetch({ PUBLIC_OUTBOUND }, exempt)(new Request(webhookUrl)))).toBe(401);
      expect(await status(publicFetch({}, "")(new Request(webhookUrl)))).toBe(401);
      expect(asked).toEqual([]);
      expect(await status(publicFetch({ PUBLIC_OUTBOUND }, "")(new Request(webhookUrl)))).toBe(200);
      expect(await status(publicFetch({ PUBLIC_OUTBOUND }, exempt)(new Request("https://a.com/x")))).toBe(
        200,
      );
      expect(asked).toEqual([webhookUrl, "https://a.com/x"]);
    } finally {
      await stage.end();
    }
  });

  it("[AL64] a connection that was refused refuses the message, and that with its reason", async ({
    expect,
  }) => {
    const headers = { "x-radar-outbound": "inner-address" };
    const fetch = () => Promise.resolve(new Response(null, { status: 421, headers }));
    const log = { write: () => undefined };
    const targets = { refusal: () => Promise.resolve(null) };
    const hook = { url: "https://hooks.radar-check.com/x", template: "raw", secret: "s" } as const;
    const outcome = await makeWebhookSender(hook, { fetch, now: () => 0, log, targets }).send(
      makeAlertMessage(),
    );
    expect(outcome).toEqual({
      kind: "refused",
      reason: "the webhook has an address that is not a public one",
    });
  });
});
