/** UI226: one term for one thing, over every text of the page in both languages. */
/// <reference types="vite/client" />
import { describe, it } from "vitest";
import { FORM_LINES } from "../../worker/core/vcp/form-lines.ts";
import { ALERT_WORDS } from "../../worker/protocol/alert-words.ts";
import { MEASURE_TEXTS } from "../../worker/protocol/measure-texts.ts";
import { RULE_TEXTS } from "../../worker/protocol/rule-texts.ts";

interface Text {
  readonly place: string;
  readonly text: string;
}

/** Every text in a value: of a function what it is written as, since what it returns depends on what it is given. */
function textsIn(value: unknown, place: string): readonly Text[] {
  if (typeof value === "string") {
    return [{ place, text: value }];
  }
  if (typeof value === "function") {
    return [...String(value).matchAll(/(?<quote>["'`])(?<text>(?:\\.|(?!\k<quote>).)*)\k<quote>/gsu)].map(
      ({ groups }) => ({ place, text: (groups?.["text"] ?? "").replaceAll(/\$\{[^}]*\}/gu, "1") }),
    );
  }
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, part]) => textsIn(part, `${place}.${key}`))
    : [];
}

const MODULES = import.meta.glob<Readonly<Record<string, unknown>>>(["./*.ts", "!./*.test.ts"], {
  eager: true,
});

const ALL = [
  ...Object.entries(MODULES).flatMap(([path, module]) => textsIn({ ...module }, path)),
  ...FORM_LINES.flatMap(({ id, text }) => textsIn(text, id)),
  ...textsIn(ALERT_WORDS, "alert-words"),
  ...textsIn(MEASURE_TEXTS, "measure-texts"),
  ...textsIn(RULE_TEXTS, "rule-texts"),
];

const isKorean = ({ text }: Text): boolean => /[가-힣]/u.test(text);
const KOREAN = ALL.filter(isKorean);
/** A sentence or a label and no name, key or unit. */
const ENGLISH = ALL.filter((one) => !isKorean(one) && /[a-z]{3}/u.test(one.text));

/** What is not written, with the term that is. */
const FORBIDDEN = {
  ko: [
    [/센 (?:시그널|건)|셉니다|셌습니다|세기/u, "집계"],
    [/\d %|\} %/u, "103%: 붙여 씀"],
    [/오른 비율/u, "승률"],
    [/화면 밝기/u, "화면 테마"],
    [/걸린 규칙/u, "탈락 규칙"],
    [/거래량 비율|마른 거래량|말랐/u, "거래량 감소"],
    [/견주|견줄|견줌/u, "비교"],
    [/저절로|스스로/u, "자동으로"],
    [/누리집/u, "홈페이지"],
    [/지어낸/u, "가상의"],
    [/(?<![가-힣])(?:잰|재는|재지|쟀습니다|잽니다|잴)(?![가-힣])/u, "측정"],
    [/(?<![가-힣])끝난 시그널|(?<![가-힣])열린 시그널/u, "종료된, 활성 시그널"],
    [/검출/u, "포착"],
    [/왼쪽 고점/u, "좌측 고점"],
    [/자료/u, "데이터"],
    [/(?<!매도 )신호/u, "시그널"],
    [/묻습니다|묻지|물었/u, "요청"],
    [/소유자/u, "운영자"],
    [/공급자|원천/u, "제공처"],
    [/모양/u, "패턴, 형태"],
    [/만족/u, "충족"],
    [/가운데/u, "중"],
    [/\d{4}년 \d+월|\$\{[^}]*\}월/u, "2025-06-13"],
    [/말해 주지|것입니다만/u, "보장하지 않습니다"],
  ],
  en: [
    [/\bmeans?\b(?! that)/iu, "average"],
    [/\d %/u, "103%, without a blank"],
    [/\b(?:a|the|no|real|common|every|of) shares?\b(?! of)/iu, "stock"],
    [/\bDistr\b/u, "distribution days"],
    [/\banew\b/iu, "again"],
    [/\bin session\b/iu, "intraday"],
    [/\bBeyond the market\b/iu, "vs market"],
    [/\bAbove entry\b/iu, "win rate"],
    [/\bin the way\b/iu, "failed rule"],
    [/\bsignals? moved\b|^1 moved\b|^Moved$/u, "changed"],
    [/\bpast prices\b/iu, "historical prices"],
    [/\bstudy\b(?<!npm run study)/iu, "backtest"],
    [/\ball right\b/iu, "working"],
    [/\btaken off\b/iu, "deducted"],
    [/\bvendor states\b|\basked for\b|\basked again\b/iu, "requested"],
    [/\bnamed by\b|\bgiven up\b|\bcome to an end\b/iu, "stopped, finished"],
    [/\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d/u, "2025-06-13"],
  ],
} as const satisfies Readonly<Record<string, readonly (readonly [RegExp, string])[]>>;

/** Words that are written with a capital wherever they stand. */
const PROPER =
  /^(?:[A-Z]{2,}.*|[A-Z]\d?|R|VCP|KRX|KIS|Kiwoom|DEMO|Korea|Korean|Korea's|Minervini's|Cloudflare|Cloudflare's|TradingView|Lightweight|Charts|Naver|Finance|English|Seoul|PNG|Page|Up|Down|Home|End|Escape|Telegram|BotFather|Discord|Slack|Open|Investment|Triggered|New|Radar|Alt|Ctrl)$/u;

/** Capitals within a sentence, which sentence case does not have. */
function capitals(text: string): readonly string[] {
  return [...text.matchAll(/(?<![.:!?·★(/"'“=]\s?|^|\n)\b[A-Z][a-z][\w'’]*/gu)]
    .map(([word]) => word)
    .filter((word) => !PROPER.test(word));
}

describe("terms", () => {
  it("[UI226] finds the texts of every file", ({ expect }) => {
    expect(Object.keys(MODULES).length).toBeGreaterThan(30);
    expect([KOREAN.length > 500, ENGLISH.length > 500]).toEqual([true, true]);
  });

  it.for(FORBIDDEN.ko)("[UI226] Korean: %s is %s", ([pattern], { expect }) => {
    expect(KOREAN.filter(({ text }) => pattern.test(text))).toEqual([]);
  });

  it.for(FORBIDDEN.en)("[UI226] English: %s is %s", ([pattern], { expect }) => {
    expect(ENGLISH.filter(({ text }) => pattern.test(text))).toEqual([]);
  });

  it("[UI226] English texts are in sentence case", ({ expect }) => {
    const wrong = ENGLISH.map((one) => ({ ...one, words: capitals(one.text) }));
    expect(wrong.filter(({ words }) => words.length > 0)).toEqual([]);
  });

  it("[UI312] calls RS by what it is, a rank of 1 to 99 or a line", ({ expect }) => {
    const bare = ALL.filter(({ text }) => /\bRS\b(?! (?:순위|rank|선|line))/u.test(text));
    expect(bare).toEqual([]);
  });

  it("[UI226] each pattern finds what it forbids", ({ expect }) => {
    const samples = ["센 시그널", "12 %", "Mean R", "a share", "95 % interval", "past prices", "in session"];
    const patterns = [...FORBIDDEN.ko, ...FORBIDDEN.en].map(([pattern]) => pattern);
    for (const sample of samples) {
      expect(
        patterns.some((pattern) => pattern.test(sample)),
        sample,
      ).toBe(true);
    }
    expect(capitals("Trend Template passed")).toEqual(["Template"]);
  });
});
