/** Push to this device as its part of the page shows it: what stands in the way, what was sent, and what a press does. */
import { type Accessor, createEffect, createMemo, createSignal, on } from "solid-js";
import type { DeliveryRow, TestAnswer } from "../../../worker/protocol/rest/alerts.ts";
import { pushOf } from "../../store/alerts/device-push.ts";
import { alertRulesOf, appliedRule } from "../../store/alerts/device-rules.ts";
import { type PushSupport, supportHere } from "../../store/alerts/push-browser.ts";
import { isCut, pushRules, withPush } from "../../store/alerts/push-rules.ts";
import { pushLog, testPush } from "../../store/alerts/push-server.ts";
import type { Push, PushFailure, PushStatus } from "../../store/alerts/push.ts";
import { RequestError } from "../../store/fetch-json.ts";
import { useApp } from "../app-context.tsx";
import { askNoticePermission, type NoticePermission, shownPermission } from "./browser-notice.ts";
import { appliedRules } from "./create-push-sync.ts";

interface PushView {
  readonly support: PushSupport;
  readonly permission: NoticePermission;
  readonly status: PushStatus;
  /** Why the server does not know what the device asks for. */
  readonly failure: PushFailure | null;
  /** Of the try, or of the log. */
  readonly askFailure: RequestError | null;
  readonly isBusy: boolean;
  /** That are on and have push. */
  readonly rules: number;
  readonly isCut: boolean;
  /** Newest first; `null` before they are known. */
  readonly sent: readonly DeliveryRow[] | null;
  readonly tested: TestAnswer["outcome"] | null;
}

interface PushActs {
  readonly onBegin: () => void;
  readonly onEnd: () => void;
  readonly onTest: () => void;
}

export type PushWayParts = PushView & PushActs;

interface Asked extends Pick<PushView, "sent" | "tested" | "askFailure"> {
  readonly test: () => Promise<void>;
}

/** A try and the log, which are asked for with the token of the subscription. */
function createAsked(push: Push, locale: Accessor<"ko" | "en">): Asked {
  const [sent, setSent] = createSignal<PushView["sent"]>(null);
  const [tested, setTested] = createSignal<PushView["tested"]>(null);
  const [askFailure, setFailure] = createSignal<RequestError | null>(null);

  async function attempt(work: () => Promise<void>): Promise<void> {
    setFailure(null);
    try {
      await work();
    } catch (error) {
      setFailure(RequestError.of(error));
    }
  }
  async function read(): Promise<void> {
    const token = await push.token();
    setSent(token && (await pushLog(token)));
  }
  createEffect(
    on(push.status, (status) => {
      setTested(null);
      if (status === "on") {
        void attempt(read);
      }
    }),
  );
  return {
    get sent() {
      return sent();
    },
    get tested() {
      return tested();
    },
    get askFailure() {
      return askFailure();
    },
    test: async () => {
      setTested(null);
      await attempt(async () => {
        const token = await push.token();
        setTested(token && (await testPush(token, locale())).outcome);
        await read();
      });
    },
  };
}

/** Reactive by each of its values. */
export function createPushWay(): PushWayParts {
  const { device, locale } = useApp();
  const push = pushOf(device);
  const kept = alertRulesOf(device);
  const rules = createMemo(() => appliedRules(device));
  const asked = createAsked(push, locale);

  async function begin(): Promise<void> {
    if ((await askNoticePermission()) === "granted") {
      await push.begin(pushRules(withPush(kept.stored()).map((rule) => appliedRule(rule, device))));
      if (push.status() === "on") {
        kept.change(withPush);
      }
    }
  }
  return {
    support: supportHere(),
    get permission() {
      return shownPermission();
    },
    get status() {
      return push.status();
    },
    get failure() {
      return push.failure();
    },
    get askFailure() {
      return asked.askFailure;
    },
    get isBusy() {
      return push.isBusy();
    },
    get rules() {
      return pushRules(rules()).length;
    },
    get isCut() {
      return isCut(rules());
    },
    get sent() {
      return asked.sent;
    },
    get tested() {
      return asked.tested;
    },
    onBegin: () => void begin(),
    onEnd: () => void push.end(),
    onTest: () => void asked.test(),
  };
}
