/** Texts of the keys, which load with the overlay or the settings that list them. */
import type { KeyLabel, KeyPlace } from "../view/keys/key-map.ts";
import type { Locale } from "./locale.ts";

export interface KeyTexts {
  readonly places: Readonly<Record<KeyPlace, string>>;
  readonly labels: Readonly<Record<KeyLabel, string>>;
}

const ko: KeyTexts = {
  places: { list: "목록", flip: "시그널 넘겨 보기", chart: "차트", everywhere: "모든 화면" },
  labels: {
    rows: "아래·위 종목으로 이동",
    open: "시그널 페이지 열기",
    preview: "고른 종목 미리 보기, 다시 누르면 다음 종목",
    sort: "다시 정렬",
    next: "다음 시그널",
    previous: "이전 시그널",
    back: "목록으로 돌아가기",
    star: "관심에 넣기·빼기",
    alert: "알려주기: 관심에 넣고 알림 켜기",
    table: "차트를 표로 보기",
    bars: "일봉, 주봉(대문자)",
    scale: "로그 눈금",
    cursor: "봉 이동, 확대·축소 (차트를 선택한 뒤)",
    search: "종목 찾기",
    pause: "실시간 멈춤·다시 시작",
    goDashboard: "대시보드",
    goWatch: "관심 목록",
    goRuns: "스캔 기록",
    goPerformance: "성과",
    goStatus: "상태",
    goAlerts: "알림",
    help: "단축키 보기",
  },
};

const en: KeyTexts = {
  places: { list: "List", flip: "Flip through signals", chart: "Chart", everywhere: "Every page" },
  labels: {
    rows: "Next, previous row",
    open: "Open the signal's page",
    preview: "Preview the row, again for the next one",
    sort: "Sort again",
    next: "Next signal",
    previous: "Previous signal",
    back: "Back to the list",
    star: "Star, unstar",
    alert: "Tell me: star it and turn alerts on",
    table: "Chart as a table",
    bars: "Days, weeks (capital)",
    scale: "Log scale",
    cursor: "Move the cursor, zoom (chart focused)",
    search: "Find a stock",
    pause: "Pause, resume live prices",
    goDashboard: "Dashboard",
    goWatch: "Watchlists",
    goRuns: "Scan history",
    goPerformance: "Outcomes",
    goStatus: "Status",
    goAlerts: "Alerts",
    help: "Keyboard shortcuts",
  },
};

export const KEY_TEXTS: Readonly<Record<Locale, KeyTexts>> = { ko, en };
