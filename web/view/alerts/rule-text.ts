/** A rule as one line, and its scope as a choice among those that there are. */
import { createMemo, type Accessor } from "solid-js";
import { MARKET_ALERT_KINDS } from "../../../worker/core/alerts/alert-event.ts";
import type { AlertPageTexts } from "../../i18n/alert-page-texts.ts";
import type { AlertTexts } from "../../i18n/alert-texts.ts";
import type { AlertRule } from "../../../worker/core/alerts/alert-rule.ts";
import { scopeValue } from "../../store/alerts/device-rules.ts";
import { STARRED } from "../../store/device/stars.ts";
import { watchListsOf } from "../../store/watch/watch-lists.ts";
import { useApp } from "../app-context.tsx";
import { useAlertPageTexts } from "./use-texts.ts";

const GRADES = ["S", "A", "B", "C"] as const;
const MARKETS = ["KOSPI", "KOSDAQ"] as const;

export interface ScopeChoice {
  readonly value: string;
  readonly label: string;
  readonly scope: AlertRule["scope"];
}

function choicesOf(
  texts: AlertPageTexts,
  lists: readonly { readonly id: string; readonly name: string }[],
): readonly ScopeChoice[] {
  const scopes: readonly (readonly [label: string, scope: AlertRule["scope"]])[] = [
    ...lists.map(
      ({ id, name }) =>
        [
          id === STARRED ? texts.starred : texts.listOf(name),
          { kind: "tickers", from: id, tickers: [] },
        ] as const,
    ),
    ...GRADES.map((least) => [texts.gradeOf(least), { kind: "grade", least }] as const),
    ...MARKETS.map((market) => [texts.marketOf(market), { kind: "market", market }] as const),
    [texts.all, { kind: "all" }],
  ];
  return scopes.map(([label, scope]) => ({ value: scopeValue(scope), label, scope }));
}

/** With the lists of the device; `scope` too where it is of a list that is no longer there. */
export function useScopeChoices(scope: Accessor<AlertRule["scope"]>): Accessor<readonly ScopeChoice[]> {
  const { device } = useApp();
  const texts = useAlertPageTexts();
  return createMemo(() => {
    const all = choicesOf(texts(), watchListsOf(device).all());
    const value = scopeValue(scope());
    return all.some((one) => one.value === value)
      ? all
      : [...all, { value, label: texts().noList, scope: scope() }];
  });
}

/** What a rule is about, in a few letters; of one that is about no share, the exchange. */
export function useScopeLabel(rule: Accessor<AlertRule>): Accessor<string> {
  const texts = useAlertPageTexts();
  const scopes = useScopeChoices(() => rule().scope);
  return () =>
    rule().kinds.every((kind) => MARKET_ALERT_KINDS.some((one) => one === kind))
      ? texts().exchangeWide
      : (scopes().find(({ value }) => value === scopeValue(rule().scope))?.label ?? texts().noList);
}

/** The zone of the exchange. */
export const SEOUL = "Asia/Seoul";

/** As the pages call it where they state a time. */
export function zoneName(zone: string): string {
  return zone === SEOUL ? "KST" : zone;
}

/** `09:05` */
export function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** `null` for what is no time of the day. */
export function minutesOf(clock: string): number | null {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/u.exec(clock) ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
}

/** What it asks for, in a line under its name; `scope` is empty where that is its name. */
export function ruleLine(
  rule: AlertRule,
  scope: string,
  { page, alert }: { readonly page: AlertPageTexts; readonly alert: AlertTexts },
): string {
  const quiet =
    rule.quiet &&
    page.quietOf(clockOf(rule.quiet.from), clockOf(rule.quiet.until), zoneName(rule.quiet.zone));
  return [
    scope,
    rule.kinds.map((kind) => alert.kinds[kind]).join(", "),
    rule.digest ? page.digest : "",
    rule.onlyOpen ? page.onlyOpen : "",
    quiet ?? "",
  ]
    .filter((part) => part !== "")
    .join(" · ");
}
