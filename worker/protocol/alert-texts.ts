/** AL80..AL84: the messages of alerts in Korean and English, as plain text within the bounds that every channel takes. */
import { type AlertEvent, isSignalAlert, type ToldAlert } from "../core/alerts/alert-event.ts";
import { formatTradingDay } from "../core/calendar/trading-day.ts";
import { isSimulated } from "../core/instrument/exchange-profile.ts";
import { factsOf, headOf, pathOf, whatOf } from "./alert-lines.ts";
import type { AlertLanguage } from "./alert-words.ts";

/** UTF-16 units of a title. */
export const MOST_TITLE = 120;
/** UTF-16 units of a text. */
export const MOST_TEXT = 3_500;
/** Events that a message describes; the others are counted. */
export const MOST_DESCRIBED = 20;
/** UTF-16 units of a company's name, or of its Korean beside the romanised one: in a title, and in a text. */
const MOST_NAME = { title: 28, text: 60 } as const;
/** UTF-16 units of the counts in a title, which leave room for what stands around them. */
const MOST_COUNTS = 75;

/** UTF-16 units of several things with a name, as above. */
const MOST_NAMED = 95;

/** What a message is made of. */
export interface MessageFacts {
  readonly key: string;
  readonly kind: "alert" | "correction" | "digest" | "test";
  readonly language: AlertLanguage;
  /** Oldest first: all, or the newest of `total`. Of a correction what was taken back; of a test none. */
  readonly events: readonly ToldAlert[];
  /** Without it as many as `events`. */
  readonly total?: number;
  /** Milliseconds since the epoch: of a message without events. */
  readonly at: number;
  /** Address of the installation, `https://radar.example`; `null` where it is not known. */
  readonly publicUrl: string | null;
}

/** As `AlertMessage` of the port has it. */
interface WrittenMessage extends Pick<MessageFacts, "key" | "kind" | "language" | "at"> {
  readonly title: string;
  readonly text: string;
  readonly url: string | null;
  readonly events: readonly AlertEvent[];
  readonly total: number;
}

const PHRASES = {
  ko: {
    counted: (what: string, n: number) => `${what} ${n}건`,
    withdrawn: (what: string) => `정정: ${what} 취소`,
    digest: (days: string, what: string) => `${days} 요약 · ${what}`,
    more: (n: number) => `외 ${n}건`,
    correction: "데이터 정정으로 앞서 알린 내용을 취소합니다.",
    demo: "데모 시장: 종목과 가격 모두 가상입니다.",
    notAdvice: "매수·매도 권유가 아님",
    test: "시험 알림",
    tested: "이 채널로 알림이 도착합니다.",
  },
  en: {
    counted: (what: string, n: number) => `${what} (${n})`,
    withdrawn: (what: string) => `Correction, withdrawn: ${amid(what)}`,
    digest: (days: string, what: string) => `Summary of ${days} · ${what}`,
    more: (n: number) => `and ${n} more`,
    correction: "Data were corrected; what was sent before is withdrawn.",
    demo: "Demo market: every company and price is fictional.",
    notAdvice: "Not advice to buy or sell.",
    test: "Test alert",
    tested: "Alerts arrive here.",
  },
} as const;

/** Those that the feed uses as well. */
export const FEED_PHRASES = {
  ko: { product: "VCP 레이더", ...PHRASES.ko },
  en: { product: "VCP Radar", ...PHRASES.en },
} as const;

/** Without the capital of a beginning. */
function amid(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

/** AL80: a message within {@link MOST_TITLE} and {@link MOST_TEXT}, whose last line states that it is no advice. */
export function alertMessage(facts: MessageFacts): WrittenMessage {
  const { key, kind, language } = facts;
  const total = Math.max(facts.total ?? 0, facts.events.length);
  const events = facts.events.slice(-MOST_DESCRIBED);
  const title = titleOf(facts, total);
  return {
    key,
    kind,
    language,
    title,
    text: textOf(facts, title, total),
    url: urlOf(facts, total),
    at: events.at(-1)?.at ?? facts.at,
    events,
    total,
  };
}

function titleOf({ kind, language, events }: MessageFacts, total: number): string {
  const phrases = PHRASES[language];
  const [only] = events;
  if (kind === "test" || only === undefined) {
    return phrases.test;
  }
  if (kind === "digest") {
    return phrases.digest(daysOf(events), countsOf(events, language));
  }
  const what = total === 1 ? headOf(only, language, MOST_NAME.title) : severalOf(events, total, language);
  return kind === "correction" ? phrases.withdrawn(what) : what;
}

/** `2025-06-13`, or the first and the last of several sessions. */
function daysOf(events: readonly ToldAlert[]): string {
  const days = events.map(({ day }) => day).toSorted((a, b) => a - b);
  const texts = [days.at(0), days.at(-1)].flatMap((day) =>
    day === undefined ? [] : [formatTradingDay(day)],
  );
  return [...new Set(texts)].join("–");
}

/** Whether they are all that the message has, and each happened once, to one signal. */
function areOfOne(events: readonly ToldAlert[], total: number): boolean {
  const ids = new Set(events.map((event) => (isSignalAlert(event) ? event.signalId : null)));
  const whats = new Set(events.map((event) => whatOf(event, "ko")));
  return ids.size === 1 && !ids.has(null) && whats.size === total;
}

/** AL81: of one signal each thing once, with its name: `피벗 터치, 돌파 확정 · 한빛전자 900010`; of others the counts. */
function severalOf(events: readonly ToldAlert[], total: number, language: AlertLanguage): string {
  if (areOfOne(events, total)) {
    const text = events
      .map((event, i) =>
        i === total - 1 ? headOf(event, language, MOST_NAME.title) : whatOf(event, language),
      )
      .map((one, i) => (i === 0 ? one : amid(one)))
      .join(", ");
    if (text.length <= MOST_NAMED) {
      return text;
    }
  }
  return countsOf(events, language);
}

/** AL81: what happened, how often, in the order in which it first did; what has no room ends in an ellipsis. */
function countsOf(events: readonly ToldAlert[], language: AlertLanguage): string {
  const counts = new Map<string, number>();
  for (const event of events) {
    const what = whatOf(event, language);
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  const { counted } = PHRASES[language];
  let text = "";
  for (const [what, n] of counts) {
    const one = counted(what, n);
    if (text.length + one.length > MOST_COUNTS) {
      return `${text}, …`;
    }
    text += text === "" ? one : `, ${amid(one)}`;
  }
  return text;
}

function textOf(facts: MessageFacts, title: string, total: number): string {
  const { kind, language, events } = facts;
  const phrases = PHRASES[language];
  if (kind === "test" || events.length === 0) {
    return [title, phrases.tested, phrases.notAdvice].join("\n");
  }
  const head = kind === "correction" ? [title, phrases.correction] : [title];
  const tail = [
    ...(events.some(({ exchange }) => isSimulated(exchange)) ? [phrases.demo] : []),
    phrases.notAdvice,
  ];
  const parts =
    total === 1
      ? events.map((event) => factsOf(event, language))
      : events.slice(-MOST_DESCRIBED).map((event) => partOf(event, language));
  return fitted(head, parts, tail, (left) => {
    const others = left + total - parts.length;
    return others > 0 ? [phrases.more(others)] : [];
  });
}

/** The parts from the newest back that have room, in their order, and how many have none. */
function fitted(
  head: readonly string[],
  parts: readonly string[],
  tail: readonly string[],
  more: (left: number) => readonly string[],
): string {
  for (let left = 0; ; left++) {
    const shown = parts.slice(left);
    const text = [...head, ...shown, ...more(left), ...tail].join("\n");
    if (text.length <= MOST_TEXT || shown.length === 0) {
      return text;
    }
  }
}

/** What happened to whom, and below it the values and the time. */
function partOf(event: ToldAlert, language: AlertLanguage): string {
  return `${headOf(event, language, MOST_NAME.text)}\n${factsOf(event, language)}`;
}

/** AL84: what all of it is of, or the list. */
function urlOf({ kind, events, publicUrl }: MessageFacts, total: number): string | null {
  if (publicUrl === null || publicUrl === "") {
    return null;
  }
  const base = publicUrl.replace(/\/+$/, "");
  const [only] = events;
  const isOne = kind !== "test" && kind !== "digest" && (total === 1 || areOfOne(events, total));
  return `${base}${isOne && only !== undefined ? pathOf(only) : "/"}`;
}
