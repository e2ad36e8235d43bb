/** AL80..AL84: what alerts state, in both languages, whatever the events hold. */
import fc from "fast-check";
import { describe, it } from "vitest";
import { ALERT_KINDS, NEAR_STEPS, SIGNAL_ALERT_KINDS, type ToldAlert } from "../core/alerts/alert-event.ts";
import { EXCHANGES } from "../core/instrument/instrument.ts";
import { ALERT_AT, alertOfKind, makeAlert } from "../testing/builders/alert-builder.ts";
import { alertMessage, type MessageFacts, MOST_DESCRIBED, MOST_TEXT, MOST_TITLE } from "./alert-texts.ts";
import { ALERT_WORDS } from "./alert-words.ts";

function write(more: Partial<MessageFacts> = {}): ReturnType<typeof alertMessage> {
  return alertMessage({
    key: "k1",
    kind: "alert",
    language: "ko",
    events: [makeAlert()],
    at: ALERT_AT,
    publicUrl: "https://radar.example/",
    ...more,
  });
}

describe("a message of one event", () => {
  it("[AL80][AL83][AL84] has name, code, what happened, its values, the time of Seoul and where it leads", ({
    expect,
  }) => {
    const message = write();
    expect(message.title).toBe("돌파 확정 · 한빛전자 900010");
    expect(message.text.split("\n")).toEqual([
      "돌파 확정 · 한빛전자 900010",
      "가격 71,200 · 피벗 70,000 · 손절 66,500 · 2025-06-13 10:32 KST",
      "매수·매도 권유가 아님",
    ]);
    expect([message.url, message.total, message.at]).toEqual([
      "https://radar.example/signals/900010.20250128.20250415",
      1,
      ALERT_AT,
    ]);
    expect(write({ publicUrl: null }).url).toBeNull();
  });

  it("[AL82] names a company in English by its English name, or by the romanised one beside the Korean", ({
    expect,
  }) => {
    expect(write({ language: "en" }).title).toBe("Breakout confirmed · Hanbitjeonja (한빛전자) 900010");
    const named = write({ language: "en", events: [makeAlert({ nameEn: "Hanbit Electronics" })] });
    expect(named.title).toBe("Breakout confirmed · Hanbit Electronics 900010");
    expect(named.text.split("\n").slice(1)).toEqual([
      "Price 71,200 · pivot 70,000 · stop 66,500 · 2025-06-13 10:32 KST",
      "Not advice to buy or sell.",
    ]);
    const latin = write({ language: "en", events: [makeAlert({ name: "NAVER" })] });
    expect(latin.title).toBe("Breakout confirmed · NAVER 900010");
  });

  it.for(["ko", "en"] as const)("[AL80] has words for every kind in %s", (language, { expect }) => {
    const titles = ALERT_KINDS.map((kind) => write({ language, events: [alertOfKind(kind)] }).title);
    expect(new Set(titles).size).toBe(ALERT_KINDS.length);
    for (const [at, kind] of ALERT_KINDS.entries()) {
      const what = kind === "near" ? ALERT_WORDS[language].within(3) : ALERT_WORDS[language].kinds[kind];
      expect(titles[at]).toContain(what);
      expect(/[가-힣]/u.test(what)).toBe(language === "ko");
    }
  });

  it("[AL80] states the colours of the gate, the session of what is late, and a base that broke as such", ({
    expect,
  }) => {
    const lineOf = (event: ToldAlert): string | undefined => write({ events: [event] }).text.split("\n")[1];
    expect(lineOf(alertOfKind("gate"))).toBe("우호 → 비우호 · 2025-06-13 10:32 KST");
    expect(lineOf(alertOfKind("scan_overdue"))).toBe("기준일 2025-06-13 · 2025-06-13 10:32 KST");
    expect(write({ events: [alertOfKind("feed_stale")] }).url).toBe("https://radar.example/status");
    expect(write({ events: [alertOfKind("gate")] }).url).toBe("https://radar.example/");
    const [stopped, broken] = ["PIVOT_FAIL", "BASE_FAIL"].map((reason) =>
      write({ events: [makeAlert({ kind: "failed", state: "FAILED", reason })] }),
    );
    expect([stopped?.title, broken?.title]).toEqual([
      "손절가 이탈 · 한빛전자 900010",
      "베이스 저점 이탈 · 한빛전자 900010",
    ]);
  });

  it("[AL83] leaves out what is missing, and never states it as 0", ({ expect }) => {
    const { text } = write({ events: [makeAlert({ stop: Number.NaN, pivot: 0 })] });
    expect(text.split("\n")[1]).toBe("가격 71,200 · 2025-06-13 10:32 KST");
  });

  it("[AL80] marks the demo as fictional", ({ expect }) => {
    const lines = write({ events: [makeAlert({ exchange: "DEMO" })] }).text.split("\n");
    expect(lines.slice(-2)).toEqual(["데모 시장: 종목과 가격 모두 가상입니다.", "매수·매도 권유가 아님"]);
  });

  it("[AL82] keeps markup in a name as the plain text that it is, in one line", ({ expect }) => {
    const name = "<b>*한빛*</b>\n\u202E[x](//e.kr)\u0007";
    const { title } = write({ events: [makeAlert({ name })] });
    expect(title).toBe("돌파 확정 · <b>*한빛*</b> [x](//e.kr) 900010");
    expect(write({ events: [makeAlert({ name })] }).text).toContain(title);
  });
});

describe("a message of several events", () => {
  const events = [
    ...Array.from({ length: 3 }, (_, i) => makeAlert({ id: `c${i}`, at: ALERT_AT + i })),
    makeAlert({ id: "f", kind: "failed", state: "FAILED", reason: "PIVOT_FAIL", at: ALERT_AT + 60_000 }),
  ];

  it("[AL81][AL84] counts what happened, describes each, and leads to the list", ({ expect }) => {
    const message = write({ events });
    expect(message.title).toBe("돌파 확정 3건, 손절가 이탈 1건");
    expect(write({ events, language: "en" }).title).toBe("Breakout confirmed (3), failed at the stop (1)");
    expect(message.text.split("\n")).toHaveLength(1 + 2 * 4 + 1);
    expect([message.url, message.total, message.at]).toEqual([
      "https://radar.example/",
      4,
      ALERT_AT + 60_000,
    ]);
  });

  it("[AL81][AL84] names the signal that all of them are of, and leads there", ({ expect }) => {
    const both = [makeAlert({ id: "a", kind: "touched" }), makeAlert({ id: "b" })];
    expect([write({ events: both }).title, write({ events: both }).url]).toEqual([
      "피벗 터치, 돌파 확정 · 한빛전자 900010",
      "https://radar.example/signals/900010.20250128.20250415",
    ]);
    expect(write({ events: both, kind: "correction", language: "en" }).title).toBe(
      "Correction, withdrawn: pivot touched, breakout confirmed · Hanbitjeonja (한빛전자) 900010",
    );
    expect(write({ events: both, total: 3 }).title).toBe("피벗 터치 1건, 돌파 확정 1건");
    const others = [...both, makeAlert({ id: "c", kind: "squat", signalId: "900020.20250128.20250415" })];
    expect([write({ events: others }).title, write({ events: others }).url]).toEqual([
      "피벗 터치 1건, 돌파 확정 1건, 되밀림 1건",
      "https://radar.example/",
    ]);
  });

  it("[AL81] describes the newest and counts the others", ({ expect }) => {
    const many = Array.from({ length: 100 }, (_, i) => makeAlert({ id: `c${i}`, name: `한빛${i}` }));
    const message = write({ events: many });
    expect([message.title, message.total, message.events.length]).toEqual(["돌파 확정 100건", 100, 20]);
    const lines = message.text.split("\n");
    expect(lines.slice(-2)).toEqual(["외 80건", "매수·매도 권유가 아님"]);
    expect([lines[1], lines.at(-4)]).toEqual(["돌파 확정 · 한빛80 900010", "돌파 확정 · 한빛99 900010"]);
    // Some of them are not given at all.
    expect(write({ events: many.slice(-5), total: 100, language: "en" }).text).toContain("\nand 95 more\n");
  });

  it("[AL81] heads a digest with its session, and a correction with what it takes back", ({ expect }) => {
    expect(write({ kind: "digest", events }).title).toBe("2025-06-13 요약 · 돌파 확정 3건, 손절가 이탈 1건");
    expect(write({ kind: "digest", language: "en", events: [makeAlert()] }).title).toBe(
      "Summary of 2025-06-13 · Breakout confirmed (1)",
    );
    expect(write({ kind: "correction" }).title).toBe("정정: 돌파 확정 · 한빛전자 900010 취소");
    expect(write({ kind: "correction", language: "en", events }).title).toBe(
      "Correction, withdrawn: breakout confirmed (3), failed at the stop (1)",
    );
    expect(write({ kind: "correction" }).text.split("\n")[1]).toBe(
      "데이터 정정으로 앞서 알린 내용을 취소합니다.",
    );
  });

  it("[AL80] has a message for a test in both languages", ({ expect }) => {
    const texts = (["ko", "en"] as const).map(
      (language) => write({ kind: "test", language, events: [] }).text,
    );
    expect(texts).toEqual([
      "시험 알림\n이 채널로 알림이 도착합니다.\n매수·매도 권유가 아님",
      "Test alert\nAlerts arrive here.\nNot advice to buy or sell.",
    ]);
  });
});

describe("whatever the events hold", () => {
  const text = fc.string({ unit: "binary", maxLength: 200 });
  const won = fc.oneof(fc.integer({ min: 1, max: 9_000_000 }), fc.constant(Number.NaN), fc.constant(0));
  const signal = fc
    .record({
      kind: fc.constantFrom(...SIGNAL_ALERT_KINDS),
      exchange: fc.constantFrom(...EXCHANGES),
      name: fc.oneof(text, fc.constant("가나다라".repeat(40)), fc.constant("𠮷😀".repeat(60))),
      nameEn: fc.option(text),
      ticker: fc.oneof(fc.constant("900010"), text),
      signalId: text,
      within: fc.option(fc.constantFrom(...NEAR_STEPS)),
      price: won,
      pivot: won,
      stop: won,
      at: fc.integer({ min: ALERT_AT, max: ALERT_AT + 1e9 }),
    })
    .map(makeAlert);
  const event: fc.Arbitrary<ToldAlert> = fc.oneof(signal, fc.constantFrom(...ALERT_KINDS).map(alertOfKind));

  it("[AL80][AL81] a message keeps its bounds, is plain text and ends with the same line", ({ expect }) => {
    fc.assert(
      fc.property(
        fc.array(event, { minLength: 1, maxLength: 60 }),
        fc.constantFrom("alert", "digest", "correction"),
        fc.constantFrom("ko", "en"),
        fc.nat(500),
        (events, kind, language, total) => {
          const message = write({ events, kind, language, total });
          expect(message.title.length).toBeLessThanOrEqual(MOST_TITLE);
          expect(message.text.length).toBeLessThanOrEqual(MOST_TEXT);
          expect(message.text.isWellFormed() && message.title.isWellFormed()).toBe(true);
          expect(message.title).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u);
          expect(message.text.replaceAll("\n", "")).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u);
          expect(message.text.startsWith(`${message.title}\n`)).toBe(true);
          expect(message.text.split("\n").at(-1)).toMatch(
            /^(?:매수·매도 권유가 아님|Not advice to buy or sell\.)$/u,
          );
          expect(message.text).not.toMatch(/NaN|undefined|null|(?:가격|피벗|손절|Price|pivot|stop) 0\b/u);
          expect([message.total, message.events.length]).toEqual([
            Math.max(total, events.length),
            Math.min(events.length, MOST_DESCRIBED),
          ]);
        },
      ),
      { seed: 20261130, numRuns: 1_000 },
    );
  });
});
