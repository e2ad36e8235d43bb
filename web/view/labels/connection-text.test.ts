import { describe, it } from "vitest";
import { en } from "../../i18n/en.ts";
import { ko } from "../../i18n/ko.ts";
import type { LiveStatus } from "../../live/connection-status.ts";
import type { Feed } from "../../store/feed.ts";
import { type ConnectionText, connectionText } from "./connection-text.ts";

const AT = Date.parse("2025-06-13T10:32:05+09:00");

function feedOf(state: Feed["state"]): Feed {
  const clock = "2025-06-13T10:32:05.000+09:00";
  return { exchange: "KRX", state, source: "closes", clock, session: null, tickers: 0, at: clock };
}

function textOf(status: LiveStatus, feed: Feed | null = null, text = ko): ConnectionText {
  return connectionText({ status, feed, now: AT + 9_400, text });
}

/** One of each state. */
const ALL: readonly LiveStatus[] = [
  { state: "idle" },
  { state: "connecting" },
  { state: "live", lastDataAt: AT + 9_000 },
  { state: "quiet", lastDataAt: AT },
  { state: "stale", lastDataAt: AT },
  { state: "closed", lastDataAt: AT },
  { state: "reconnecting", attempt: 3, retryAt: AT + 13_000, lastDataAt: AT },
  { state: "recovered", gapSeconds: 37, messages: 12, reset: false },
  { state: "offline", retryAt: null, lastDataAt: AT },
  { state: "paused", waiting: 42 },
  { state: "refused", code: 4003, reason: "origin" },
  { state: "polling", lastDataAt: AT },
];

describe("connection badge", () => {
  it("[UI19] has a text of its own for each state, in both languages", ({ expect }) => {
    const line = (shown: ConnectionText): string => [shown.label, shown.detail].filter(Boolean).join(" · ");
    expect(ALL.map((status) => line(textOf(status)))).toEqual([
      "연결 준비",
      "연결 중",
      "실시간 · 방금",
      "대기 · 9초 전",
      "지연 · 마지막 수신 9초 전",
      "장 마감",
      "재연결 3회째 · 4초 후",
      "복구됨 · 37초 공백, 12건 반영",
      "오프라인 · 마지막 수신 9초 전",
      "일시정지 · 변경 42건 대기",
      "연결 거부 · 코드 4003 · 허용되지 않은 주소에서 연결함",
      "10초마다 조회 · 9초 전",
    ]);
    const english = ALL.map((status) => line(textOf(status, null, en)));
    expect(new Set(english).size).toBe(ALL.length);
    expect(english[6]).toBe("Reconnecting, attempt 3 · in 4 s");
  });

  it("[UI19] offers a new connection only where it may help", ({ expect }) => {
    expect(ALL.filter((status) => textOf(status).canRetry).map(({ state }) => state)).toEqual([
      "stale",
      "reconnecting",
      "offline",
      "refused",
      "polling",
    ]);
  });

  it("[UI19] calls an exchange without a feed that, and never stale or closed", ({ expect }) => {
    const closed = { state: "closed", lastDataAt: null } as const;
    expect(textOf(closed, feedOf("none"))).toMatchObject({
      tone: "calm",
      label: "실시간 시세 없음",
      detail: "종가 기준",
    });
    expect(textOf(closed, feedOf("preparing")).label).toBe("시장 준비 중");
    expect(textOf(closed, feedOf("paused")).label).toBe("시세 정지");
    expect(textOf(closed, feedOf("closed")).label).toBe("장 마감");
    expect(textOf({ state: "stale", lastDataAt: null }).detail).toBe("수신 전");
  });
});
