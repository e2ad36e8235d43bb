/** What the server keeps for its owner of alerts, asked for and changed with the session of whoever has logged in. */
import { AlertRuleRow, decodeRule, encodeRule } from "../../../worker/protocol/rest/alert-rules.ts";
import {
  AlertsBody,
  ChannelAnswer,
  type ChannelBody,
  type ChannelRow,
  DeliveriesBody,
  type DeliveryRow,
  RemovedBody,
  TestAnswer,
} from "../../../worker/protocol/rest/alerts.ts";
import type { AlertRule } from "../../../worker/core/alerts/alert-rule.ts";
import { fetchJson, RequestError } from "../fetch-json.ts";
import { readSession } from "../session.ts";

const PATH = "/api/alerts";
/** Rows of the log that are shown. */
const MOST_SHOWN = 50;

/** As the server's `ALERT_LIMITS`. */
export const MAX_OWNER_RULES = 20;
export const MAX_CHANNELS = 10;

/** `out`: nobody has logged in on this browser. */
export type OwnerPart =
  | { readonly kind: "out" }
  | {
      readonly kind: "in";
      readonly rules: readonly AlertRule[];
      readonly channels: readonly ChannelRow[];
      /** The address that links in messages lead to; `null` where messages have none. */
      readonly links: string | null;
    };

/** Whether the server wants a login before it does this. */
export function needsLogin(error: unknown): boolean {
  return error instanceof RequestError && error.status === 401;
}

/** All here reject with a RequestError. The alerts are asked for only with a session: without one the answer is known. */
export async function readOwnerPart(abort: AbortSignal): Promise<OwnerPart> {
  const { active } = await readSession();
  if (!active) {
    return { kind: "out" };
  }
  try {
    const { rules, channels, links } = await fetchJson(PATH, AlertsBody, abort);
    return { kind: "in", rules: rules.map((row) => decodeRule(row.id, row)), channels, links };
  } catch (error) {
    // Expected of a session that has ended in between.
    if (needsLogin(error)) {
      return { kind: "out" };
    }
    throw error;
  }
}

/** Newest first; of one rule, or of all with `null`. */
export async function readDeliveries(
  rule: string | null,
  abort: AbortSignal,
): Promise<readonly DeliveryRow[]> {
  const query = new URLSearchParams({ limit: String(MOST_SHOWN), ...(rule !== null && { rule }) });
  return (await fetchJson(`${PATH}/log?${query.toString()}`, DeliveriesBody, abort)).deliveries;
}

/** The same again, when its answer was lost, changes nothing more: the id is the browser's. */
export async function saveRule(rule: AlertRule): Promise<void> {
  const { id, ...body } = encodeRule(rule);
  await fetchJson(`${PATH}/rules/${id}`, AlertRuleRow, { method: "PUT", body: JSON.stringify(body) });
}

export async function deleteRule(id: string): Promise<void> {
  await fetchJson(`${PATH}/rules/${id}`, RemovedBody, { method: "DELETE" });
}

/** Resolves with the secret that was drawn for a webhook without one; no later answer has it. */
export async function saveChannel(id: string, body: ChannelBody): Promise<string | null> {
  const sent = { method: "PUT", body: JSON.stringify(body) };
  return (await fetchJson(`${PATH}/channels/${id}`, ChannelAnswer, sent)).secret;
}

export async function deleteChannel(id: string): Promise<void> {
  await fetchJson(`${PATH}/channels/${id}`, RemovedBody, { method: "DELETE" });
}

export async function testChannel(id: string, language: AlertRule["language"]): Promise<TestAnswer> {
  return fetchJson(`${PATH}/channels/${id}/test?lang=${language}`, TestAnswer, { method: "POST" });
}
