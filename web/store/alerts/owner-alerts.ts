/** What the owner has set up on the server, as the page shows and changes it. */
import { type Accessor, createSignal } from "solid-js";
import type { AlertRule } from "../../../worker/core/alerts/alert-rule.ts";
import type { Device } from "../device/device.ts";
import { RequestError } from "../fetch-json.ts";
import { createRemote, type Remote } from "../remote.ts";
import { listTickers, ruleFrom, templatesFor } from "./device-rules.ts";
import { type OwnerPart, readDeliveries, readOwnerPart } from "./owner-requests.ts";
import type { DeliveryRow } from "../../../worker/protocol/rest/alerts.ts";

/** What a reader asks the server to do, one at a time. */
export interface Action {
  readonly isBusy: Accessor<boolean>;
  /** Of the last one; `null` when it did what was asked. */
  readonly failure: Accessor<RequestError | null>;
  /** Whether it was done; a press while another is on its way is none. Never rejects. */
  run(work: () => Promise<void>): Promise<boolean>;
}

export function createAction(): Action {
  const [isBusy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<RequestError | null>(null);
  return {
    isBusy,
    failure,
    run: async (work) => {
      if (isBusy()) {
        return false;
      }
      setBusy(true);
      setFailure(null);
      try {
        await work();
        return true;
      } catch (error) {
        setFailure(RequestError.of(error));
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}

export function createOwnerPart(): Remote<OwnerPart> {
  return createRemote(readOwnerPart);
}

/** Of one rule, or of all with `null`. */
export function createDeliveries(rule: string | null): Remote<readonly DeliveryRow[]> {
  return createRemote(async (abort) => readDeliveries(rule, abort));
}

/** An id of a rule or of a channel. */
export function newId(): string {
  return crypto.randomUUID().slice(0, 8);
}

/** What a rule begins with, to every channel: what is starred, unless one of `rules` is of that. */
export function newOwnerRule(
  place: Parameters<typeof ruleFrom>[2],
  channels: readonly { readonly id: string }[],
  rules: readonly AlertRule[],
): AlertRule {
  const name = templatesFor(rules).includes("starred") ? "starred" : "own";
  return { ...ruleFrom(name, newId(), place), channels: channels.map(({ id }) => id) };
}

/** The server knows no lists: what it follows are the tickers of a list of the device when the rule is saved. Reactive. */
export function withListOf(rule: AlertRule, device: Device): AlertRule {
  const { scope } = rule;
  const here = scope.kind === "tickers" ? listTickers(scope.from, device) : null;
  return scope.kind === "tickers" && here !== null ? { ...rule, scope: { ...scope, tickers: here } } : rule;
}

/** What differs between the list of the device and what the server follows of it; `null` where nothing does. Reactive. */
export function listDifference(
  rule: AlertRule,
  device: Device,
): { readonly server: number; readonly device: number } | null {
  const { scope } = rule;
  const here = scope.kind === "tickers" ? listTickers(scope.from, device) : null;
  if (scope.kind !== "tickers" || here === null) {
    return null;
  }
  const followed = new Set(scope.tickers);
  const isSame = followed.size === here.length && here.every((ticker) => followed.has(ticker));
  return isSame ? null : { server: followed.size, device: here.length };
}

/** Without channels that are there no more, with which the server would refuse it. */
export function withChannelsOf(rule: AlertRule, channels: readonly { readonly id: string }[]): AlertRule {
  return { ...rule, channels: rule.channels.filter((id) => channels.some((one) => one.id === id)) };
}
