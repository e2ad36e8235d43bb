/** `/api/alerts`: rules, channels and the log of the owner, for a session of the owner's or the token (RT50, decision 057). */
import type { Context } from "hono";
import type { SendOutcome } from "../../app/ports/alert-channel.ts";
import { OWNER } from "../../app/ports/alert-rules.ts";
import type { AlertsPort, ChannelChange, ChannelView } from "../../app/ports/alerts.ts";
import { formatKst } from "../../protocol/format.ts";
import { AlertId, AlertRuleBody, decodeRule, encodeRule } from "../../protocol/rest/alert-rules.ts";
import {
  type AlertsBody,
  type ChannelAnswer,
  ChannelBody,
  type ChannelRow,
  type TestAnswer,
} from "../../protocol/rest/alerts.ts";
import { DeliveriesQuery, FeedQuery } from "../../protocol/rest/query.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import { readJson } from "../request/body-limit.ts";
import { takeOrRefuse } from "../request/limits.ts";
import type { HttpEnv, HttpPorts } from "../request/ports.ts";
import { missing, Refusal } from "../request/problem-response.ts";
import { deliveriesOf } from "./deliveries.ts";
import * as v from "valibot";

/** What the routes ask of the object. */
export type AlertsOfRoutes = Omit<AlertsPort, "wake" | "failures">;

const OF_OWNER = { owner: true, session: true } as const;

const RULE_EXAMPLE = {
  name: "breakouts",
  on: true,
  kinds: ["confirmed", "failed"],
  within: 3,
  scope: { kind: "grade", least: "A" },
  cooldown: 10,
  quiet: { from: "22:00", until: "07:30", zone: "Asia/Seoul" },
  digest: false,
  only_open: false,
  language: "en",
  channels: [],
} as const;
const CHANNEL_EXAMPLE = {
  kind: "telegram",
  name: "my phone",
  chat_id: "123456789",
  token: "123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
} as const;

export function alertRoutes(ports: HttpPorts, alerts: AlertsOfRoutes): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/", {
    summary:
      "The owner's rules and channels, the key that browsers subscribe with, and the address in the links of messages (PUBLIC_URL).",
    answer: { schema: "Alerts" },
    ...OF_OWNER,
    handle: async (c) => {
      const [{ rules, channels }, key] = await Promise.all([alerts.owner(), alerts.pushKey()]);
      const body: AlertsBody = {
        rules: rules.map(encodeRule),
        channels: channels.map(encodeChannel),
        push: { key },
        links: ports.publicUrl ?? null,
      };
      return c.json(body);
    },
  });

  routes.get("/log", {
    summary: "What was sent in the owner's name, to whom, and why it did not arrive; newest first.",
    query: DeliveriesQuery,
    answer: { schema: "AlertDeliveries" },
    ...OF_OWNER,
    example: { query: "?limit=20" },
    handle: async (c, { rule, limit }) => c.json(deliveriesOf(await alerts.log(OWNER, rule ?? null, limit))),
  });

  addRuleRoutes(routes, alerts);
  addChannelRoutes(routes, ports, alerts);
  return routes;
}

function addRuleRoutes(routes: ApiRoutes, alerts: AlertsOfRoutes): void {
  routes.put("/rules/:id", {
    summary: "Makes or changes a rule of the owner.",
    body: { type: "application/json", schema: "AlertRuleBody" },
    answer: { schema: "AlertRule" },
    problems: ["alert-refused", "forbidden-origin"],
    ...OF_OWNER,
    example: { part: "breakouts", body: JSON.stringify(RULE_EXAMPLE) },
    handle: async (c) => {
      const id = idOf(c, "rule");
      const rule = decodeRule(id, await readJson(c, AlertRuleBody));
      refuse((await alerts.putRule(rule)).refused);
      return c.json(encodeRule(rule));
    },
  });

  routes.delete("/rules/:id", {
    summary: "Deletes a rule of the owner.",
    answer: { schema: "AlertRemoved" },
    problems: ["not-found", "forbidden-origin"],
    ...OF_OWNER,
    example: { part: "breakouts" },
    handle: async (c) => {
      const id = idOf(c, "rule");
      await alerts.dropRule(id);
      return c.json({ id });
    },
  });
}

function addChannelRoutes(routes: ApiRoutes, ports: HttpPorts, alerts: AlertsOfRoutes): void {
  routes.put("/channels/:id", {
    summary:
      "Makes or changes a channel: a chat of a Telegram bot, or a webhook. A token, an address or a secret that is left out stays; one that is sent is in no answer.",
    body: { type: "application/json", schema: "AlertChannelBody" },
    answer: { schema: "AlertChannelAnswer" },
    problems: ["alert-refused", "forbidden-origin"],
    ...OF_OWNER,
    example: { part: "phone", body: JSON.stringify(CHANNEL_EXAMPLE) },
    handle: async (c) => {
      const id = idOf(c, "channel");
      const made = await alerts.putChannel(id, changeOf(await readJson(c, ChannelBody)));
      if (made.refused !== null) {
        throw refusalOf(made.refused);
      }
      const body: ChannelAnswer = { id, secret: made.secret };
      return c.json(body);
    },
  });

  routes.post("/channels/:id/test", {
    summary: "Sends a message to the channel at once; one that arrives starts a stopped channel again.",
    query: FeedQuery,
    answer: { schema: "AlertTest" },
    problems: ["not-found", "forbidden-origin"],
    ...OF_OWNER,
    example: { part: "phone", query: "?lang=en" },
    handle: async (c, { lang }) => {
      await takeOrRefuse(c, ports, "push");
      const outcome = await alerts.testChannel(idOf(c, "channel"), lang);
      if (outcome === null) {
        throw missing("This channel");
      }
      return c.json(testAnswer(outcome));
    },
  });

  routes.delete("/channels/:id", {
    summary: "Deletes a channel with its token or secret.",
    answer: { schema: "AlertRemoved" },
    problems: ["not-found", "forbidden-origin"],
    ...OF_OWNER,
    example: { part: "phone" },
    handle: async (c) => {
      const id = idOf(c, "channel");
      await alerts.dropChannel(id);
      return c.json({ id });
    },
  });
}

/** Throws a Refusal for a text that can be no id. */
function idOf(c: Context<HttpEnv>, what: string): string {
  const id = c.req.param("id");
  if (!v.is(AlertId, id)) {
    throw new Refusal("not-found", { detail: `The id of a ${what} has 1 to 32 of a-z, 0-9 and -.` });
  }
  return id;
}

const ADDRESS = /^its? /;

/** Why the object keeps it not, with what can be done. */
export function refusalOf(reason: string): Refusal {
  const detail = ADDRESS.test(reason)
    ? `Nothing is sent to this address: ${reason}. Alerts leave for public https addresses; ALERT_TARGETS in wrangler.toml exempts others.`
    : reason;
  return new Refusal("alert-refused", { detail });
}

/** Throws a Refusal unless the change was made. */
export function refuse(reason: string | null): void {
  if (reason !== null) {
    throw refusalOf(reason);
  }
}

export function testAnswer(outcome: SendOutcome): TestAnswer {
  return { outcome: outcome.kind, reason: outcome.kind === "sent" ? null : outcome.reason };
}

function changeOf(body: ChannelBody): ChannelChange {
  if (body.kind === "telegram") {
    const { kind, name, chat_id: chatId, token } = body;
    return { kind, name, chatId, ...(token !== undefined && { token }) };
  }
  const { kind, name, url, template, secret } = body;
  return {
    kind,
    name,
    template,
    ...(url !== undefined && { url }),
    ...(secret !== undefined && { secret }),
  };
}

function encodeChannel(view: ChannelView): ChannelRow {
  const { id, kind, name, hint, template, failures, isStopped, lastSentAt } = view;
  const state = isStopped ? "stopped" : failures > 0 ? "failing" : "ok";
  return {
    id,
    kind,
    name,
    hint,
    template,
    state,
    failures,
    last_sent_at: lastSentAt === null ? null : formatKst(lastSentAt),
  };
}
