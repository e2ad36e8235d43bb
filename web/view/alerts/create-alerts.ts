/** The alerts of an open page: one tab of the browser reads the log, and shows what the rules of the device ask for. */
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup, untrack } from "solid-js";
import { isSimulated } from "../../../worker/core/instrument/exchange-profile.ts";
import { ALERT_TEXTS } from "../../i18n/alert-texts.ts";
import { type AlertConsumer, makeConsumer } from "../../store/alerts/consumer.ts";
import { alertRulesOf, appliedRule, type DeviceRule } from "../../store/alerts/device-rules.ts";
import { type EventPage, fetchEvents } from "../../store/alerts/event-page.ts";
import { type Lead, leadByLease, leadByLock } from "../../store/alerts/lead.ts";
import { asleep, isUnread, noticesOf } from "../../store/alerts/notice-log.ts";
import { BURST, type NoticePlan } from "../../store/alerts/plan-notices.ts";
import { useApp } from "../app-context.tsx";
import { type Market, useMarket } from "../market-context.tsx";
import { isLookedAt, showBrowserNotice, withdrawBrowserNotices } from "./browser-notice.ts";
import { noticeText } from "./notice-text.ts";
import { toastsOf } from "./toasts.ts";
import { playTone, readyTone } from "./tone.ts";
import { markUnread } from "./unread-mark.ts";

/** The tab that is looked at last leads. */
function useLead(live: Market["live"]): Accessor<boolean> {
  const { device } = useApp();
  const lead: Lead =
    "locks" in navigator
      ? leadByLock(navigator.locks)
      : leadByLease({
          shelf: device.shelf,
          timers: live.timers,
          now: () => Date.now(),
          id: crypto.randomUUID(),
        });
  const take = (): void => {
    if (document.visibilityState === "visible") {
      lead.take();
    }
  };
  take();
  document.addEventListener("visibilitychange", take);
  addEventListener("focus", take);
  onCleanup(() => {
    document.removeEventListener("visibilitychange", take);
    removeEventListener("focus", take);
    lead.end();
  });
  return lead.isLeading;
}

/** Shows a plan: over the page, with a tone and over other windows, as the rules of each notice ask. */
function useShow(): (plan: NoticePlan) => void {
  const { device, locale, format, naming } = useApp();
  const { exchange } = useMarket();
  const toasts = toastsOf(device);
  return ({ shown, withdrawn }) => {
    const texts = ALERT_TEXTS[locale()];
    const groups = shown.length > BURST ? [shown] : shown.map((one) => [one]);
    for (const notices of groups) {
      if (notices.some(({ channels }) => channels.includes("page"))) {
        toasts.add({ kind: "events", notices });
      }
      const over = notices.filter(({ channels }) => channels.includes("notification"));
      const newest = over.at(-1);
      if (newest !== undefined && !isLookedAt()) {
        const { title, facts, time, path } = noticeText(newest.event, {
          texts,
          format: format(),
          naming,
          isSimulated: isSimulated(exchange.active()),
        });
        const more = over.length > 1 ? ` ${texts.more(format().integer(over.length - 1))}` : "";
        void showBrowserNotice({
          tag: newest.event.id,
          title: `${title}${more}`,
          body: `${facts} · ${time}\n${texts.notAdvice}`,
          path: over.length > 1 ? "/alerts" : path,
          ids: over.map(({ event }) => event.id),
        });
      }
    }
    if (shown.some(({ channels }) => channels.includes("sound"))) {
      playTone();
    }
    if (withdrawn.length > 0) {
      toasts.add({ kind: "withdrawn", notices: withdrawn });
      void withdrawBrowserNotices(
        withdrawn.map(({ event }) => event.id),
        texts.withdrawn,
      );
    }
  };
}

interface Following {
  readonly live: Market["live"];
  readonly exchange: EventPage["exchange"];
  readonly rules: Accessor<readonly DeviceRule[]>;
  readonly show: (plan: NoticePlan) => void;
}

/** Reads the log of one exchange until the owner ends. */
function follow({ live, exchange, rules, show }: Following): void {
  const { device } = useApp();
  const consumer: AlertConsumer = makeConsumer({
    record: noticesOf(device, exchange),
    exchange,
    rules: () => untrack(rules),
    clock: { now: () => performance.now() },
    timers: live.timers,
    time: () => untrack(live.serverTime) ?? Date.now(),
    fetch: fetchEvents,
    show,
  });
  live.listen("signal:vcp", { message: consumer.ask, reset: consumer.ask });
  live.poll({
    reload: async () => {
      consumer.ask();
      return Promise.resolve();
    },
    failure: () => null,
  });
  // At each greeting, and once at the beginning.
  createEffect(on(live.hello, consumer.ask));
  document.addEventListener("visibilitychange", consumer.ask);
  onCleanup(() => {
    document.removeEventListener("visibilitychange", consumer.ask);
    consumer.end();
  });
}

/** Once for the life of the page. */
export function createAlerts(): void {
  const { device, locale, format } = useApp();
  const { live, exchange } = useMarket();
  const kept = alertRulesOf(device);
  const rules = createMemo(() =>
    kept
      .value()
      .filter(({ isOn }) => isOn)
      .map((rule) => appliedRule(rule, device)),
  );
  const isOn = createMemo(() => rules().length > 0);
  const hasSound = createMemo(() => rules().some(({ channels }) => channels.includes("sound")));
  createEffect(() => {
    if (hasSound()) {
      onCleanup(readyTone());
    }
  });
  const show = useShow();
  const [unread, setUnread] = createSignal<Accessor<number>>(() => 0);
  markUnread(
    () => unread()(),
    (count) => {
      const texts = ALERT_TEXTS[locale()];
      return count === 0 ? texts.bell : texts.unread(format().integer(count));
    },
  );
  // What runs in here reads much that changes: nothing of it is what this waits for.
  createEffect(
    on([exchange.active, isOn], ([active, isAnyOn]) => {
      if (active === null) {
        return;
      }
      const record = noticesOf(device, active);
      setUnread(() => () => record.value().notices.filter(isUnread).length);
      if (!isAnyOn) {
        // What happens until a rule is on again is not of it, and what waited is for no rule.
        record.change((log) => (log.position === null ? log : asleep(log)));
        return;
      }
      createEffect(
        on(useLead(live), (isLeading) => {
          if (isLeading) {
            follow({ live, exchange: active, rules, show });
          }
        }),
      );
    }),
  );
}
