/** `/api/push`: rules of a browser without an account, kept with its push subscription and changed with the token of that (RT53). */
import type { Context } from "hono";
import type { PushTarget } from "../../app/ports/alert-senders.ts";
import type { AlertRule } from "../../core/alerts/alert-rule.ts";
import { addressBlock, clientAddress } from "../../protocol/address-block.ts";
import { decodeRule, encodeRule } from "../../protocol/rest/alert-rules.ts";
import { type SubscribedBody, SubscriptionBody, type SubscriptionRow } from "../../protocol/rest/alerts.ts";
import { DeliveriesQuery, FeedQuery } from "../../protocol/rest/query.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import { readJson } from "../request/body-limit.ts";
import { takeOrRefuse } from "../request/limits.ts";
import type { HttpEnv, HttpPorts } from "../request/ports.ts";
import { Refusal } from "../request/problem-response.ts";
import { hasSession } from "../request/readers.ts";
import { bearerOf } from "../request/secret-compare.ts";
import { type AlertsOfRoutes, refusalOf, refuse, testAnswer } from "./alerts.ts";
import { deliveriesOf } from "./deliveries.ts";

/** Of the documentation: a subscription that no push service gave, so that what is sent to it is refused there. */
const EXAMPLE = JSON.stringify({
  endpoint: "https://fcm.googleapis.com/fcm/send/example",
  keys: {
    p256dh: "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM",
    auth: "tBHItJI5svbpez7KI4CCXg",
  },
  rules: [],
});

const ID = /^[\w-]{1,64}$/;

/** What only the token of a subscription opens, whatever exchange is shown: it has nothing but what its browser was sent. */
const BY_TOKEN = { open: true, token: true } as const;

export function pushRoutes(ports: HttpPorts, alerts: AlertsOfRoutes): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/", {
    summary: "The public key that a browser subscribes with.",
    answer: { schema: "PushKey" },
    open: true,
    handle: async (c) => c.json({ key: await alerts.pushKey() }),
  });

  routes.post("/subscriptions", {
    summary:
      "Keeps a browser's push subscription with its rules, and answers with the token that changes and ends it. A private exchange is sent only to a subscription that was made by whoever had logged in. Some push services (Apple) take messages only of an installation with a public https address: PUBLIC_URL, or the address of this request.",
    body: { type: "application/json", schema: "PushSubscription" },
    answer: { schema: "PushSubscribed", status: 201 },
    problems: ["alert-refused", "forbidden-origin"],
    example: { body: EXAMPLE },
    handle: async (c) => {
      await takeOrRefuse(c, ports, "push");
      const { target, rules } = asked(await readJson(c, SubscriptionBody));
      const address = clientAddress(c.req.raw.headers);
      const { origin } = new URL(c.req.url);
      const by = { isReader: await hasSession(c, ports), network: address && addressBlock(address), origin };
      const made = await alerts.subscribe(target, by, rules);
      if (made.refused !== null) {
        throw refusalOf(made.refused);
      }
      const body: SubscribedBody = { id: made.id, token: made.token };
      return c.json(body, 201);
    },
  });

  addOwnRoutes(routes, ports, alerts);
  addLogRoutes(routes, ports, alerts);
  return routes;
}

function addOwnRoutes(routes: ApiRoutes, ports: HttpPorts, alerts: AlertsOfRoutes): void {
  routes.get("/subscriptions/:id", {
    summary: "The rules of a subscription, for its token.",
    answer: { schema: "PushRules" },
    problems: ["not-found"],
    ...BY_TOKEN,
    example: { subscription: EXAMPLE },
    handle: async (c) => {
      const { id, token } = ownOf(c);
      return c.json(rowOf(id, await known(c, ports, await alerts.subscription(id, token))));
    },
  });

  routes.put("/subscriptions/:id", {
    summary: "Changes a subscription: where it is sent to, and its rules.",
    body: { type: "application/json", schema: "PushSubscription" },
    answer: { schema: "PushRules" },
    problems: ["not-found", "alert-refused", "forbidden-origin"],
    ...BY_TOKEN,
    example: { subscription: EXAMPLE, body: EXAMPLE },
    handle: async (c) => {
      await takeOrRefuse(c, ports, "push");
      const { target, rules } = asked(await readJson(c, SubscriptionBody));
      const { id, token } = ownOf(c);
      const isReader = await hasSession(c, ports);
      const change = await alerts.changeSubscription(id, token, target, isReader, rules);
      refuse((await known(c, ports, change)).refused);
      return c.json(rowOf(id, rules));
    },
  });

  routes.delete("/subscriptions/:id", {
    summary: "Ends a subscription; its rules go with it.",
    answer: { schema: "AlertRemoved" },
    problems: ["not-found", "forbidden-origin"],
    ...BY_TOKEN,
    example: { subscription: EXAMPLE },
    handle: async (c) => {
      const { id, token } = ownOf(c);
      await known(c, ports, (await alerts.endSubscription(id, token)) || null);
      return c.json({ id });
    },
  });
}

function addLogRoutes(routes: ApiRoutes, ports: HttpPorts, alerts: AlertsOfRoutes): void {
  routes.get("/subscriptions/:id/log", {
    summary: "What was sent to a subscription, and why it did not arrive; newest first.",
    query: DeliveriesQuery,
    answer: { schema: "AlertDeliveries" },
    problems: ["not-found"],
    ...BY_TOKEN,
    example: { subscription: EXAMPLE },
    handle: async (c, { rule, limit }) => {
      const { id, token } = ownOf(c);
      await known(c, ports, await alerts.subscription(id, token));
      return c.json(deliveriesOf(await alerts.log(id, rule ?? null, limit)));
    },
  });

  routes.post("/subscriptions/:id/test", {
    summary: "Sends a message to a subscription at once.",
    query: FeedQuery,
    answer: { schema: "AlertTest" },
    problems: ["not-found", "forbidden-origin"],
    ...BY_TOKEN,
    example: { subscription: EXAMPLE },
    handle: async (c, { lang }) => {
      await takeOrRefuse(c, ports, "push");
      const { id, token } = ownOf(c);
      return c.json(testAnswer(await known(c, ports, await alerts.testSubscription(id, token, lang))));
    },
  });
}

function unknown(): Refusal {
  return new Refusal("not-found", {
    detail:
      "No subscription has this id and this token. Send Authorization: Bearer with the token that POST /api/push/subscriptions answered with, or subscribe again.",
  });
}

/** Throws a Refusal for what no subscription can have. */
function ownOf(c: Context<HttpEnv>): { readonly id: string; readonly token: string } {
  const id = c.req.param("id") ?? "";
  const token = bearerOf(c.req.header("Authorization"));
  if (!ID.test(id) || !ID.test(token)) {
    throw unknown();
  }
  return { id, token };
}

/** An unknown id and a wrong token are answered alike, and counted as a wrong token of the owner is. */
async function known<T>(c: Context<HttpEnv>, ports: HttpPorts, found: T | null): Promise<T> {
  if (found === null) {
    await takeOrRefuse(c, ports, "guess");
    throw unknown();
  }
  return found;
}

function asked({ endpoint, keys, rules }: SubscriptionBody): {
  readonly target: PushTarget;
  readonly rules: readonly AlertRule[];
} {
  return {
    target: { endpoint, ...keys },
    rules: rules.map(({ id, ...body }) => decodeRule(id, body)),
  };
}

function rowOf(id: string, rules: readonly AlertRule[]): SubscriptionRow {
  return { id, rules: rules.map(encodeRule) };
}
