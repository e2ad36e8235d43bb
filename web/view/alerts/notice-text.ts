/** One notice in the language of the page: what happened to whom, its values, its time, and where it leads. */
import { ALERT_KINDS } from "../../../worker/core/alerts/alert-event.ts";
import type { AlertTexts } from "../../i18n/alert-texts.ts";
import type { Format } from "../../i18n/format.ts";
import { type EventRow, gateOf } from "../../store/alerts/event-page.ts";
import type { CompanyName, ShownName } from "../labels/company-name.ts";

export interface NoticeText {
  /** `돌파 확정` */
  readonly what: string;
  /** `돌파 확정 · 한빛전자 900010` */
  readonly title: string;
  /** Empty where the event has no values. */
  readonly facts: string;
  /** `10:32:05 KST` */
  readonly time: string;
  /** Path on this site. */
  readonly path: string;
}

export interface NoticeContext {
  readonly texts: AlertTexts;
  readonly format: Format;
  readonly naming: (company: CompanyName) => ShownName;
  /** Its days are not those of this clock. */
  readonly isSimulated: boolean;
}

function whatOf({ kind, within, reason }: EventRow, texts: AlertTexts): string {
  const known = ALERT_KINDS.find((one) => one === kind);
  return known === undefined ? texts.unknownKind : texts.called({ kind: known, within, reason });
}

function factsOf(row: EventRow, { texts, format }: NoticeContext): string {
  const { price, pivot, stop, from, to } = row;
  if (from !== null && to !== null) {
    return texts.turned(texts.gates[gateOf(from)], texts.gates[gateOf(to)]);
  }
  return pivot === null
    ? (row.detail ?? "")
    : texts.facts({ price: format.price(price), pivot: format.price(pivot), stop: format.price(stop) });
}

/** The list, or the state of the server where the exchange as a whole is meant. */
function pathOf({ signal_id: id, kind }: EventRow): string {
  if (id !== null) {
    return `/signals/${encodeURIComponent(id)}`;
  }
  return kind === "gate" ? "/" : "/status";
}

/** The company of the event; `null` where the exchange as a whole is meant. */
export function companyOf({ ticker, name, name_en, romanised }: EventRow): CompanyName | null {
  return ticker === null ? null : { ticker, name: name ?? ticker, name_en, romanised };
}

export function noticeText(row: EventRow, context: NoticeContext): NoticeText {
  const named = companyOf(row);
  const company = named && context.naming(named);
  const who = company === null ? "" : ` · ${company.name} ${company.code}`.trimEnd();
  const what = whatOf(row, context.texts);
  return {
    what,
    title: `${what}${who}`,
    facts: factsOf(row, context),
    time: context.isSimulated
      ? context.texts.demoTime(context.format.day(row.day), context.format.clock(row.at))
      : context.texts.time(context.format.clock(row.at)),
    path: pathOf(row),
  };
}
