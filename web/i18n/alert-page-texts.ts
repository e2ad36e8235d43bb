/** Texts of the page of the alerts: rules, channels of this device, and how to let the browser. */
import type { DeviceChannel, TemplateName } from "../store/alerts/device-rules.ts";
import type { Locale } from "./locale.ts";

/** Of times, in one line. */
function range(from: string, until: string): string {
  return `${from}\u2060–\u2060${until}`;
}

/** Minutes as people name them, where they are whole hours or a day. */
function spanOf(minutes: string, day: string, hour: string, minute: string): string {
  const count = Number(minutes);
  if (count === 1_440) {
    return day;
  }
  return count % 60 === 0 ? `${count / 60}${hour}` : `${minutes}${minute}`;
}
const koSpan = (minutes: string): string => spanOf(minutes, "하루", "시간", "분");
const enSpan = (minutes: string): string => spanOf(minutes, "a day", " h", " min");

const ko = {
  title: "알림",
  lead: "오늘의 알림과 이 기기의 규칙은 이 브라우저에 저장됩니다. 매수·매도 권유가 아님.",
  today: "오늘의 알림",
  todayEmpty: "아직 알림이 없습니다.",
  todayOff:
    "켜진 규칙이 없어 알리지 않습니다. 이 페이지에서 규칙을 켜거나, 시그널에서 a 키나 '알려주기'를 누르세요.",
  exchangeWide: "시장 전체",
  markRead: "모두 읽음",
  isUnread: "읽지 않음",

  rules: "이 기기의 규칙",
  none: "규칙이 없습니다. 하나를 골라 시작하세요. 고르기 전에는 아무것도 알리지 않습니다.",
  templates: {
    starred: "관심 종목의 터치·돌파·손절",
    near: "관심 종목의 피벗 임박",
    best: "A등급 이상 신규·돌파",
    market: "시장 게이트와 스캔·시세 지연",
    own: "직접 만들기",
  } satisfies Readonly<Record<TemplateName, string>>,
  add: "규칙 추가",
  full: "한 기기에 규칙을 5개까지 둡니다.",
  notKept:
    "브라우저가 저장을 거부해 창을 닫으면 규칙이 사라집니다. 사이트 데이터 저장을 허용하거나 자리를 만드세요.",
  aside: "저장된 규칙을 읽을 수 없어 따로 보관했습니다. 설정의 기기 데이터에서 내려받을 수 있습니다.",
  on: "켜짐",
  off: "꺼짐",
  edit: "바꾸기",
  remove: "규칙 삭제",
  removed: "규칙을 삭제했습니다.",
  undo: "되돌리기",

  name: "이름 (선택)",
  kinds: "알릴 일",
  within: "피벗까지",
  withinOf: (percent: string): string => `${percent} 이내`,
  scope: "대상",
  starred: "★ 관심",
  listOf: (name: string): string => `목록: ${name}`,
  noList: "없는 목록",
  gradeOf: (grade: string): string => `${grade}등급 이상`,
  marketOf: (market: string): string => `${market} 전체`,
  all: "모든 시그널",
  tickers: (n: string): string => `${n}종목`,
  channels: "알리는 방법",
  listOnly: "오늘의 알림에만",
  notAllowed: "브라우저 알림이 아직 허용되지 않았습니다:",
  cooldown: "같은 종목, 같은 일은",
  cooldowns: (minutes: string): string => (minutes === "0" ? "매번" : `${koSpan(minutes)}에 한 번`),
  when: "알리는 때",
  quietFrom: "시작",
  quietUntil: "끝",
  zone: "시간대",
  quietHint: "조용한 시간: 그동안의 알림은 끝난 뒤에 모아서 보여줍니다",
  digest: "그때그때 알리지 않고 장 마감 뒤 한 번에",
  onlyOpen: "정규장 시간의 일만",
  quietOf: (from: string, until: string, zone: string): string =>
    `조용한 시간 ${range(from, until)}\u00A0${zone}`,

  channel: {
    page: "화면",
    sound: "소리",
    notification: "브라우저 알림",
    push: "푸시",
  } satisfies Readonly<Record<DeviceChannel, string>>,
  device: "이 기기에서 알리는 방법",
  hint: {
    page: "이 페이지가 열려 있을 때 화면 아래에 6초 동안 나타나고, 오늘의 알림에 남습니다.",
    sound: "규칙에서 소리를 고르면 짧은 음이 납니다. 페이지를 한 번 누르거나 키를 눌러야 소리가 납니다.",
    notification:
      "다른 창을 볼 때 운영체제의 알림으로 보여줍니다. 이 페이지가 어느 탭에든 열려 있어야 합니다. 누르면 브라우저가 허용할지 물어봅니다.",
    push: "페이지를 닫아도 서버가 이 기기로 보냅니다. 규칙과 그 종목 코드를 서버에 저장하며, 계정은 필요 없습니다.",
  } satisfies Readonly<Record<DeviceChannel, string>>,
  test: "시험해 보기",
  testTitle: "시험 알림",
  testBody: "이렇게 표시됩니다. 매수·매도 권유가 아님",
  tested: "보냈습니다.",
  notTested: "표시하지 못했습니다. 브라우저와 운영체제의 알림 설정을 확인하세요.",
  allow: "알림 허용하기",
  granted: "허용됨",
  denied:
    "브라우저에서 이 사이트의 알림이 차단되어 있습니다. 주소창 왼쪽의 사이트 설정에서 알림을 허용으로 바꾼 뒤 이 페이지를 새로고침하세요.",
  unsupported: "이 브라우저는 알림을 지원하지 않습니다.",
};

export type AlertPageTexts = typeof ko;

const en: AlertPageTexts = {
  title: "Alerts",
  lead: "The alerts of the day and the rules of this device are kept in this browser. Not advice to buy or sell.",
  today: "Alerts of the day",
  todayEmpty: "No alert yet.",
  todayOff:
    'No rule is on, so nothing is shown. Turn one on here, or press "Tell me" or the key a at a signal.',
  exchangeWide: "Whole market",
  markRead: "Mark all as read",
  isUnread: "unread",

  rules: "Rules of this device",
  none: "There is no rule. Pick one to begin; until then nothing is shown.",
  templates: {
    starred: "Starred: touch, breakout, stop",
    near: "Starred: near the pivot",
    best: "Grade A or better: new, breakout",
    market: "Market gate, late scans and prices",
    own: "A rule of your own",
  },
  add: "Add a rule",
  full: "A device holds at most 5 rules.",
  notKept:
    "The browser refuses to store it: the rules are gone when the window closes. Allow site data or free some space.",
  aside:
    "Stored rules could not be read and were set aside. Download them under device data in the settings.",
  on: "On",
  off: "Off",
  edit: "Change",
  remove: "Delete rule",
  removed: "Deleted the rule.",
  undo: "Undo",

  name: "Name (optional)",
  kinds: "Events",
  within: "To the pivot",
  withinOf: (percent) => `within ${percent}`,
  scope: "Which stocks",
  starred: "★ Starred",
  listOf: (name) => `List: ${name}`,
  noList: "no such list",
  gradeOf: (grade) => `Grade ${grade} or better`,
  marketOf: (market) => `All of ${market}`,
  all: "All signals",
  tickers: (n) => (n === "1" ? "1 stock" : `${n} stocks`),
  channels: "Shown by",
  listOnly: "in the alerts of the day only",
  notAllowed: "The browser does not allow notifications yet:",
  cooldown: "Repeats",
  cooldowns: (minutes) => (minutes === "0" ? "every time" : `once in ${enSpan(minutes)}`),
  when: "When",
  quietFrom: "From",
  quietUntil: "Until",
  zone: "Time zone",
  quietHint: "Quiet hours: what happens in them is shown together at their end",
  digest: "Once after the close instead of each",
  onlyOpen: "Regular session only",
  quietOf: (from, until, zone) => `quiet ${range(from, until)}\u00A0${zone}`,

  channel: { page: "Page", sound: "Sound", notification: "Notification", push: "Push" },
  device: "How this device shows them",
  hint: {
    page: "At the bottom of this page for 6 seconds while it is open; all stay in the alerts of the day.",
    sound: "A short tone where a rule has sound on. The page must have been clicked or typed in once.",
    notification:
      "As a notification of the system while you look at other windows; this page must be open in some tab. On a press the browser asks whether to allow it.",
    push: "The server sends them to this device when no page is open. It stores the rules and their tickers; no account is needed.",
  },
  test: "Try it",
  testTitle: "Test alert",
  testBody: "This is how one looks. Not advice to buy or sell",
  tested: "Sent.",
  notTested: "It could not be shown. Check the notification settings of the browser and the system.",
  allow: "Allow notifications",
  granted: "Allowed",
  denied:
    "The browser blocks notifications of this site. Allow them in the site settings at the left of the address bar, then reload this page.",
  unsupported: "This browser has no notifications.",
};

export const ALERT_PAGE_TEXTS: Readonly<Record<Locale, AlertPageTexts>> = { ko, en };
