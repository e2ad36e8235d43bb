/** The subscription of this device at the server: made once, changed and ended with its token. */
import {
  DeliveriesBody,
  type DeliveryRow,
  PushKeyBody,
  RemovedBody,
  SubscribedBody,
  type SubscriptionBody,
  SubscriptionRow,
  TestAnswer,
} from "../../../worker/protocol/rest/alerts.ts";
import { fetchJson, RequestError } from "../fetch-json.ts";
import { readSession } from "../session.ts";
import type { KeptPush } from "./push-place.ts";

export type PushTarget = Omit<SubscriptionBody, "rules">;

/** Opens one subscription. */
export type PushToken = Pick<KeptPush, "id" | "token">;

/** All reject with a RequestError. */
export interface PushServer {
  /** What a browser subscribes with. */
  readonly key: () => Promise<string>;
  /** When the session ends, by which one is told from the next; `null` without one. A private market is sent only to who had one at the last change. */
  readonly session: () => Promise<string | null>;
  readonly add: (body: SubscriptionBody) => Promise<PushToken>;
  /** `false`: the server does not know it any more. */
  readonly change: (of: PushToken, body: SubscriptionBody) => Promise<boolean>;
  /** Also where the server does not know it any more. */
  readonly end: (of: PushToken) => Promise<void>;
}

const PATH = "/api/push/subscriptions";
const LOG_ROWS = 5;

function pathOf({ id }: PushToken): string {
  return `${PATH}/${encodeURIComponent(id)}`;
}

function headersOf({ token }: PushToken): Readonly<Record<string, string>> {
  return { Authorization: `Bearer ${token}` };
}

/** `null` for what the server does not know. */
async function known<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (RequestError.of(error).status === 404) {
      return null;
    }
    throw error;
  }
}

export const pushServer: PushServer = {
  key: async () => (await fetchJson("/api/push", PushKeyBody, {})).key,
  session: async () => (await readSession()).expires_at,
  add: async (body) => {
    const { id, token } = await fetchJson(PATH, SubscribedBody, {
      method: "POST",
      body: JSON.stringify(body),
    });
    return { id, token };
  },
  change: async (of, body) => {
    const sent = { method: "PUT", headers: headersOf(of), body: JSON.stringify(body) };
    return (await known(fetchJson(pathOf(of), SubscriptionRow, sent))) !== null;
  },
  end: async (of) => {
    await known(fetchJson(pathOf(of), RemovedBody, { method: "DELETE", headers: headersOf(of) }));
  },
};

/** Sends a message at once. Rejects with a RequestError. */
export async function testPush(of: PushToken, language: "ko" | "en"): Promise<TestAnswer> {
  const sent = { method: "POST", headers: headersOf(of) };
  return fetchJson(`${pathOf(of)}/test?lang=${language}`, TestAnswer, sent);
}

/** The newest first. Rejects with a RequestError. */
export async function pushLog(of: PushToken): Promise<readonly DeliveryRow[]> {
  const path = `${pathOf(of)}/log?limit=${LOG_ROWS}`;
  return (await fetchJson(path, DeliveriesBody, { headers: headersOf(of) })).deliveries;
}
