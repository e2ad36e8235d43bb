/** The owner's alerts: what the server sends, where to, what became of it, and each form with what can be wrong in it. */
import type { JSX } from "solid-js";
import type { AlertRule } from "../../../worker/core/alerts/alert-rule.ts";
import type { ChannelRow, DeliveryRow } from "../../../worker/protocol/rest/alerts.ts";
import { encodeProblem } from "../../../worker/protocol/rest/problem.ts";
import { MAX_CHANNELS, MAX_OWNER_RULES, type OwnerPart } from "../../store/alerts/owner-requests.ts";
import { ruleFrom } from "../../store/alerts/device-rules.ts";
import { kst, MORNING } from "../../store/alerts/stage-alerts.ts";
import { RequestError } from "../../store/fetch-json.ts";
import type { Remote } from "../../store/remote.ts";
import { ChannelSection } from "../../view/part/owner-alerts/channel-section.tsx";
import { DeliveryList } from "../../view/part/owner-alerts/delivery-section.tsx";
import { DrawnSecret } from "../../view/part/owner-alerts/drawn-secret.tsx";
import { OwnerSections } from "../../view/part/owner-alerts/owner-alerts.tsx";
import { OwnerRules } from "../../view/part/owner-alerts/owner-rules.tsx";
import { RequestFailure } from "../../view/part/owner-alerts/request-failure.tsx";
import { Acting } from "../acting.tsx";
import { usedDevice } from "../device.ts";
import { arrived, failed, waiting } from "../remote.ts";
import { scened } from "../stage.tsx";
import type { Views } from "../views.ts";

const PLACE = { exchange: "KRX", language: "ko" } as const;

const PHONE: ChannelRow = {
  id: "phone",
  kind: "telegram",
  name: "내 전화",
  hint: "-1001234567890",
  template: null,
  state: "ok",
  failures: 0,
  last_sent_at: kst(MORNING),
};
const CHANNELS: readonly ChannelRow[] = [
  PHONE,
  {
    ...PHONE,
    id: "desk",
    kind: "webhook",
    name: "",
    hint: "hooks.example",
    template: "raw",
    state: "failing",
    failures: 1,
  },
  {
    ...PHONE,
    id: "room",
    kind: "webhook",
    name: "거래 방",
    hint: "discord.example",
    template: "discord",
    state: "stopped",
    failures: 3,
    last_sent_at: null,
  },
];
const RULES: readonly AlertRule[] = [
  { ...ruleFrom("starred", "starred", PLACE), channels: ["phone", "desk"] },
  { ...ruleFrom("market", "market", PLACE), name: "시장과 서버", isOn: false, channels: [] },
];

const SENT: DeliveryRow = {
  key: "starred-12-phone",
  rule: "starred",
  channel: "phone",
  kind: "alert",
  state: "sent",
  title: "돌파 확정 · 한빛전자 900010",
  total: 1,
  attempts: 1,
  created_at: kst(MORNING),
  sent_at: kst(MORNING + 1_000),
  next_at: null,
  reason: null,
};
const DELIVERIES: readonly DeliveryRow[] = [
  { ...SENT, key: "5", channel: "", state: "gathering", title: null, attempts: 0, sent_at: null },
  {
    ...SENT,
    key: "4",
    channel: "desk",
    state: "waiting",
    total: 4,
    attempts: 2,
    sent_at: null,
    next_at: kst(MORNING + 60_000),
    reason: "the webhook answered with status 503",
  },
  {
    ...SENT,
    key: "3",
    channel: "room",
    state: "dead",
    attempts: 8,
    sent_at: null,
    reason: "the channel was stopped after 3 failures: test it",
  },
  SENT,
  { ...SENT, key: "1", rule: "gone", channel: "gone", kind: "correction", state: "withdrawn", sent_at: null },
];

const NOTHING = async (): Promise<void> => undefined;

function partOf(
  rules: readonly AlertRule[],
  channels: readonly ChannelRow[],
  links: string | null = null,
): OwnerPart {
  return { kind: "in", rules, channels, links };
}

function page(
  view: () => JSX.Element,
  act: (root: HTMLElement) => void = () => undefined,
): () => JSX.Element {
  return () => (
    <Acting act={act} class="settings alerts">
      {scened({ device: usedDevice, answers: { "/api/alerts/log": { body: { deliveries: [] } } } }, view)()}
    </Acting>
  );
}

function whole(remote: Remote<OwnerPart>): () => JSX.Element {
  return page(() => <OwnerSections remote={remote} />);
}

function channelView(all: readonly ChannelRow[], act?: (root: HTMLElement) => void): () => JSX.Element {
  return page(
    () => (
      <ChannelSection channels={all} rules={RULES} remote={arrived(partOf(RULES, all))} onChanged={NOTHING} />
    ),
    act,
  );
}

function ruleView(all: readonly AlertRule[], act?: (root: HTMLElement) => void): () => JSX.Element {
  return page(() => <OwnerRules rules={all} channels={CHANNELS} onChanged={NOTHING} />, act);
}

/** Opens a form, and goes on in it once it is made. */
function opened(nth: number, then: (details: HTMLElement) => void = () => undefined) {
  return (root: HTMLElement): void => {
    const details = root.querySelectorAll("details")[nth];
    details?.addEventListener(
      "toggle",
      () => {
        then(details);
      },
      { once: true },
    );
    details?.setAttribute("open", "");
  };
}

function submit(details: HTMLElement): void {
  details.querySelector("form")?.requestSubmit();
}

function pressLast(details: HTMLElement): void {
  [...details.querySelectorAll("button")].at(-1)?.click();
}

function log(remote: Remote<readonly DeliveryRow[]>): () => JSX.Element {
  return page(() => (
    <section class="card">
      <DeliveryList remote={remote} rules={RULES} channels={CHANNELS} />
    </section>
  ));
}

const ENDED = encodeProblem("unauthorized", { detail: "The session has ended." }, "req-7f3a");

export const OWNER_ALERTS: Views<"owner-alerts" | "owner-channels" | "owner-rules" | "owner-log"> = {
  "owner-alerts": {
    out: whole(arrived({ kind: "out" })),
    empty: whole(arrived(partOf([], []))),
    linked: whole(arrived(partOf(RULES.slice(0, 1), CHANNELS.slice(0, 1), "https://radar.example"))),
    loading: whole(waiting()),
    failed: whole(failed()),
    "logged-out": page(() => (
      <RequestFailure
        lead="저장하지 못했습니다."
        failure={new RequestError("refused", "401", { status: 401, problem: ENDED })}
      />
    )),
  },
  "owner-channels": {
    filled: channelView(CHANNELS),
    add: channelView([], opened(1)),
    wrong: channelView([], opened(0, submit)),
    remove: channelView(CHANNELS.slice(0, 1), opened(0, pressLast)),
    drawn: page(() => (
      <DrawnSecret
        drawn={{ name: "hooks.example", secret: "tA5xwqkq3mJc0mYBzqkR5cIhEjT8dNnV" }}
        onDone={() => undefined}
      />
    )),
    "not-drawn": page(() => (
      <DrawnSecret drawn={{ name: "hooks.example", secret: null }} onDone={() => undefined} />
    )),
    full: channelView(Array.from({ length: MAX_CHANNELS }, (_, i) => ({ ...PHONE, id: `c${i}` }))),
  },
  "owner-rules": {
    filled: ruleView(RULES),
    edit: ruleView(RULES.slice(0, 1), opened(0)),
    full: ruleView(
      Array.from({ length: MAX_OWNER_RULES }, (_, i) => ({
        ...ruleFrom("best", `r${i}`, PLACE),
        channels: ["phone"],
      })),
    ),
  },
  "owner-log": {
    filled: log(arrived(DELIVERIES)),
    loading: log(waiting()),
    failed: log(failed()),
  },
};
