/** AL80..AL83: one event in a line of Korean or English, for messages and for the feed. */
import { isSignalAlert, type SignalAlert, type ToldAlert } from "../core/alerts/alert-event.ts";
import { formatTradingDay } from "../core/calendar/trading-day.ts";
import { isSimulated } from "../core/instrument/exchange-profile.ts";
import { ALERT_WORDS, type AlertLanguage, calledIn } from "./alert-words.ts";
import { formatKst } from "./format.ts";
import { latinName } from "./romanise.ts";

const MOST_CODE = 12;

const VALUES = {
  ko: {
    price: "가격",
    pivot: "피벗",
    stop: "손절",
    session: "기준일",
    demo: "데모 기준일",
    real: "실제 시각",
  },
  en: {
    price: "Price",
    pivot: "pivot",
    stop: "stop",
    session: "Session",
    demo: "Demo session",
    real: "real time",
  },
} as const;

/** What happened, in a few words. */
export function whatOf(event: ToldAlert, language: AlertLanguage): string {
  const { within, reason } = isSignalAlert(event) ? event : { within: null, reason: null };
  return calledIn(ALERT_WORDS[language], { kind: event.kind, within, reason });
}

/** `돌파 확정 · 한빛전자 900010`; of the exchange as a whole without a name. `mostName`: UTF-16 units of a name. */
export function headOf(event: ToldAlert, language: AlertLanguage, mostName: number): string {
  const what = whatOf(event, language);
  return isSignalAlert(event) ? `${what} · ${nameOf(event, language, mostName)}` : what;
}

/** AL82: in English the English name, or the romanised one with the Korean beside it. */
function nameOf({ name, nameEn, ticker }: SignalAlert, language: AlertLanguage, most: number): string {
  const korean = cut(plain(name), most);
  const code = cut(plain(ticker), MOST_CODE);
  if (language === "ko" || korean === "") {
    return `${korean} ${code}`.trim();
  }
  const { name_en, romanised } = latinName(name, nameEn);
  const latin = cut(plain(name_en ?? romanised ?? ""), most);
  if (latin === "") {
    return `${korean} ${code}`;
  }
  return name_en === null ? `${latin} (${korean}) ${code}` : `${latin} ${code}`;
}

/** In Seoul. The simulated market has a calendar of its own, in which the time of a clock is none: its session comes first. */
function timeOf({ at, day, exchange }: ToldAlert, language: AlertLanguage): string {
  const { demo, real } = VALUES[language];
  const time = `${formatKst(at).slice(0, 16).replace("T", " ")} KST`;
  return isSimulated(exchange) ? `${demo} ${formatTradingDay(day)} · ${real} ${time}` : time;
}

/** AL83: a value that is missing is left out. */
export function factsOf(event: ToldAlert, language: AlertLanguage): string {
  const { price, pivot, stop, session } = VALUES[language];
  const { gates } = ALERT_WORDS[language];
  const time = timeOf(event, language);
  if (event.kind === "gate") {
    return `${gates[event.from]} → ${gates[event.to]} · ${time}`;
  }
  if (!isSignalAlert(event)) {
    return isSimulated(event.exchange) ? time : `${session} ${formatTradingDay(event.day)} · ${time}`;
  }
  const values = [
    [price, event.price],
    [pivot, event.pivot],
    [stop, event.stop],
  ] as const;
  const known = values.filter(([, won]) => Number.isFinite(won) && won > 0);
  return [...known.map(([of, won]) => `${of} ${wonOf(won)}`), time].join(" · ");
}

/** Digits in groups of three, as both languages have them; no fraction, which no price of the exchange has. */
function wonOf(won: number): string {
  return Math.round(won)
    .toString()
    .replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}

/** AL84: on the page: the signal, the state of the server for what is wrong with it, or the list. */
export function pathOf(event: ToldAlert): string {
  if (isSignalAlert(event)) {
    return `/signals/${encodeURIComponent(event.signalId.toWellFormed())}`;
  }
  return event.kind === "gate" ? "/" : "/status";
}

/** Controls, ends of lines and marks of direction become blanks: a name is one piece of a line, whatever it holds. */
function plain(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
}

/** At most so many UTF-16 units, no character cut in two. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/u, "")}…`;
}
