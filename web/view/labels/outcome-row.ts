/** A row of the outcomes as an address, and back: the list behind it is a page that can be linked. */
import { PERFORMANCE_COPY } from "../../i18n/performance-copy.ts";
import { enStudy } from "../../i18n/en-study.ts";
import { koStudy } from "../../i18n/ko-study.ts";
import type { Dictionary } from "../../i18n/ko.ts";
import type { Locale } from "../../i18n/locale.ts";

const BYS = ["all", "grade", "contractions", "gate", "year", "fill"] as const;
type By = (typeof BYS)[number];
const COHORTS = ["signal_trigger", "signal_open"] as const;
const FILLS = ["filled", "late", "beyond_zone", "locked", "untouched"] as const;

/** `cohort` is `null` for the live outcomes. */
export interface OutcomeRow {
  readonly cohort: (typeof COHORTS)[number] | null;
  readonly by: By;
  readonly key: string;
  readonly horizon: number;
}

export function outcomeHref({ cohort, by, key, horizon }: OutcomeRow): string {
  const row = new URLSearchParams({ ...(cohort && { cohort }), by, key, horizon: String(horizon) });
  return `/performance/signals?${row.toString()}`;
}

/** What is unknown in an address is passed over. */
export function readOutcomeRow(search: string): OutcomeRow {
  const asked = new URLSearchParams(search);
  const cohort = COHORTS.find((one) => one === asked.get("cohort")) ?? null;
  const by = BYS.find((one) => one === asked.get("by")) ?? "all";
  const isKnown = cohort === null ? by !== "year" : by !== "fill";
  const key = asked.get("key") ?? "";
  return {
    cohort,
    by: isKnown ? by : "all",
    key: isKnown && by !== "all" && /^\w{1,16}$/u.test(key) ? key : "all",
    horizon: [5, 10, 20, 60].find((one) => String(one) === asked.get("horizon")) ?? 20,
  };
}

/** What the row is called in its table. */
export function groupName(
  { by, key }: { readonly by: By; readonly key: string },
  text: Dictionary,
  locale: Locale,
): string {
  const copy = PERFORMANCE_COPY[locale];
  switch (by) {
    case "all":
      return copy.by_all;
    case "grade":
    case "year":
      return key;
    case "contractions":
      return copy.contractions(key.replace("T", ""));
    case "gate":
      return key === "GREEN" || key === "YELLOW" || key === "RED" ? text[`gate${key}`] : text.gateUNKNOWN;
    case "fill":
      return copy[FILLS.find((one) => one === key) ?? "filled"];
  }
}

/** Which way of buying the row is of; empty for the live outcomes. */
export function cohortName({ cohort }: OutcomeRow, locale: Locale): string {
  return cohort === null ? "" : (locale === "ko" ? koStudy : enStudy).cohort[cohort];
}
