/** Push to this device in every state that a browser, its reader and the server leave it in. */
import type { JSX } from "solid-js";
import { RequestError } from "../../store/fetch-json.ts";
import { kst, MORNING } from "../../store/alerts/stage-alerts.ts";
import { PushRefused } from "../../store/alerts/push.ts";
import type { PushWayParts } from "../../view/alerts/create-push-way.ts";
import { PushPart } from "../../view/part/alerts/push-way.tsx";
import type { Views } from "../views.ts";

const ROW = {
  key: "mf2k-1",
  rule: "best",
  channel: "push",
  kind: "alert",
  state: "sent",
  title: "돌파 확정 · 한빛전자 900010",
  total: 1,
  attempts: 1,
  created_at: kst(MORNING),
  sent_at: kst(MORNING + 2_000),
  next_at: null,
  reason: null,
} as const;

const OFF: PushWayParts = {
  support: "ready",
  permission: "default",
  status: "off",
  failure: null,
  askFailure: null,
  isBusy: false,
  rules: 2,
  isCut: false,
  sent: null,
  tested: null,
  onBegin: () => undefined,
  onEnd: () => undefined,
  onTest: () => undefined,
};

const ON: PushWayParts = {
  ...OFF,
  permission: "granted",
  status: "on",
  isCut: true,
  tested: "sent",
  sent: [
    ROW,
    { ...ROW, key: "mf2k-2", title: null, state: "gathering", sent_at: null },
    {
      ...ROW,
      key: "mf2k-3",
      title: "신규 시그널 4건, 피벗 터치 2건",
      state: "dead",
      attempts: 8,
      sent_at: null,
      reason: "the push service answered with status 503",
    },
  ],
};

function push(parts: PushWayParts): () => JSX.Element {
  return () => (
    <div class="settings alerts">
      <section class="card">
        <h2>Push</h2>
        <PushPart {...parts} />
      </section>
    </div>
  );
}

export const PUSH: Views<"alert-push"> = {
  "alert-push": {
    off: push(OFF),
    on: push(ON),
    "no-rules": push({ ...ON, rules: 0, isCut: false, sent: [], tested: null }),
    failed: push({
      ...ON,
      sent: null,
      failure: new RequestError("unreachable", "no network"),
      askFailure: new RequestError("refused", "refused", { status: 429 }),
    }),
    refused: push({ ...OFF, permission: "granted", failure: new PushRefused("no service") }),
    lost: push({ ...OFF, permission: "granted", status: "lost" }),
    denied: push({ ...OFF, permission: "denied" }),
    "home-screen": push({ ...OFF, permission: "unsupported", support: "homeScreen" }),
    insecure: push({ ...OFF, permission: "unsupported", support: "insecure" }),
    unsupported: push({ ...OFF, permission: "unsupported", support: "unsupported" }),
  },
};
