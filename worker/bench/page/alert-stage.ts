/** What the journeys to an alert need behind the page: sessions of the demo until one of some shares has its event, and a receiver of webhooks on this machine. */
import * as v from "valibot";
import type { Owner } from "../../../web/e2e/journeys/world.ts";
import { TEMPLATES } from "../../../web/store/alerts/device-rules.ts";
import { AlertEventsBody } from "../../protocol/rest/alert-events.ts";
import { serveVendor } from "../../testing/fakes/serve-vendor.ts";
import { WebhookReceiver } from "../../testing/fakes/alerts/webhook-receiver.ts";
import { askOwner } from "../../testing/stage/ask-owner.ts";
import type { RealWorker } from "../../testing/stage/real-worker.ts";
import { waitUntil } from "../../testing/stage/wait-until.ts";

/** A base of the demo meets its fate within some sessions. */
const MOST_SESSIONS = 30;
const MOST_ARRIVAL_MS = 30_000;
const KINDS: readonly string[] = TEMPLATES.starred.kinds;

async function eventsAfter(worker: RealWorker, after: number | null): Promise<AlertEventsBody> {
  const query = after === null ? "limit=1" : `after=${after}&limit=200`;
  return v.parse(AlertEventsBody, await (await fetch(`${worker.url}/api/kr/events?${query}`)).json());
}

/** Ends sessions of the demo until one of the shares was touched, confirmed or stopped. */
export async function happen(worker: RealWorker, tickers: readonly string[]): Promise<void> {
  let { last } = await eventsAfter(worker, null);
  for (let session = 0; session < MOST_SESSIONS; session++) {
    await askOwner(worker, "POST", "/api/admin/demo", JSON.stringify({ advance: "session" }));
    const page = await eventsAfter(worker, last);
    if (page.events.some((event) => tickers.includes(event.ticker ?? "") && KINDS.includes(event.kind))) {
      return;
    }
    ({ last } = page);
  }
  throw new Error(`${tickers.join()} had no event in ${MOST_SESSIONS} sessions`);
}

const Body = v.object({
  kind: v.string(),
  title: v.string(),
  events: v.array(v.looseObject({ ticker: v.optional(v.nullable(v.string())) })),
});

export interface ServedReceiver {
  /** For `ALERT_TARGETS`. */
  readonly origin: string;
  readonly owner: Omit<Owner, "token">;
  readonly end: () => Promise<void>;
}

/** Takes what is signed with the secret that it was given last. */
export async function serveReceiver(): Promise<ServedReceiver> {
  let secret = "";
  const receiver = new WebhookReceiver({
    get secret() {
      return secret;
    },
    form: "raw",
    now: Date.now,
  });
  const served = await serveVendor(receiver.handle);
  const titleOf = (tickers: readonly string[]): string | undefined =>
    receiver.received
      .keys()
      .flatMap((key) => receiver.received.of(key))
      .map(({ body }) => v.parse(v.pipe(v.string(), v.parseJson(), Body), body))
      .findLast(
        ({ kind, events }) => kind === "alert" && events.some(({ ticker }) => tickers.includes(ticker ?? "")),
      )?.title;
  return {
    origin: served.url,
    end: async () => served.end(),
    owner: {
      hookUrl: `${served.url}/alerts`,
      give: (drawn) => {
        secret = drawn;
      },
      arrived: async (tickers) => {
        await waitUntil(
          async () => Promise.resolve(titleOf(tickers) !== undefined),
          `a signed message about ${tickers.join()} is at the receiver`,
          MOST_ARRIVAL_MS,
        );
        return titleOf(tickers) ?? "";
      },
    },
  };
}

const Set = v.object({
  rules: v.array(v.looseObject({ id: v.string() })),
  channels: v.array(v.looseObject({ id: v.string() })),
});

/** The next owner begins with none. */
export async function forgetAlerts({ url, ownerToken }: RealWorker): Promise<void> {
  const headers = { Authorization: `Bearer ${ownerToken}` };
  const set = v.parse(Set, await (await fetch(`${url}/api/alerts`, { headers })).json());
  const paths = [
    ...set.rules.map(({ id }) => `rules/${id}`),
    ...set.channels.map(({ id }) => `channels/${id}`),
  ];
  for (const path of paths) {
    await (await fetch(`${url}/api/alerts/${path}`, { method: "DELETE", headers })).text();
  }
}
