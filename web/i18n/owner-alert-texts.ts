/** Texts of the owner's half of the page of the alerts: what the server sends by a bot of Telegram and by webhooks. */
import type { ChannelRow, DeliveryRow, TestAnswer } from "../../worker/protocol/rest/alerts.ts";
import type { ChannelField } from "../store/alerts/channel-draft.ts";
import type { Locale } from "./locale.ts";

const ko = {
  title: "텔레그램과 웹훅",
  out: "운영자로 로그인하면 이 페이지가 닫혀 있어도 서버가 텔레그램이나 웹훅으로 알립니다.",
  toLogin: "로그인",
  lead: "이 페이지가 닫혀 있어도 서버가 규칙에 맞는 일을 채널로 보냅니다.",
  links: (address: string | null): string =>
    address === null
      ? "메시지에 링크를 넣으려면 wrangler.toml의 PUBLIC_URL에 이 서버의 주소를 쓰세요. 지금은 링크 없이 보냅니다."
      : `메시지의 링크 주소: ${address}`,

  rules: "서버의 규칙",
  noRules: "규칙이 없어 서버가 아무것도 보내지 않습니다.",
  addRule: "규칙 추가",
  fullRules: "규칙은 20개까지 둡니다.",
  noChannelOf: "채널 없음: 아무 데도 보내지 않습니다",
  channelsFirst: "먼저 채널을 추가하세요.",
  language: "메시지 언어",
  languages: { ko: "한국어", en: "English" } satisfies Readonly<Record<Locale, string>>,
  sentTickers: (n: string): string => `저장하면 서버가 이 기기의 목록에 지금 있는 ${n}종목을 지켜봅니다.`,
  keptTickers: (n: string): string => `서버가 지켜보는 ${n}종목은 다른 기기의 목록에서 왔습니다.`,
  listDiffers: (server: string, device: string): string =>
    `서버가 지켜보는 ${server}종목과 이 기기의 목록 ${device}종목이 다릅니다.`,
  takeList: "이 기기의 목록으로",
  save: "저장",
  saving: "저장하는 중",
  saved: "저장했습니다.",
  cancel: "취소",
  notSaved: "저장하지 못했습니다. 입력한 내용은 그대로 있습니다.",
  notDone: "하지 못했습니다.",

  channels: "채널",
  noChannels: "채널이 없습니다. 하나를 추가하면 규칙이 그리로 보냅니다.",
  add: { telegram: "텔레그램 추가", webhook: "웹훅 추가" } satisfies Readonly<
    Record<ChannelRow["kind"], string>
  >,
  fullChannels: "채널은 10개까지 둡니다.",
  kind: { telegram: "텔레그램", webhook: "웹훅" } satisfies Readonly<Record<ChannelRow["kind"], string>>,
  field: {
    name: "이름 (선택)",
    chatId: "채팅 ID",
    token: "봇 토큰",
    url: "주소",
    secret: "서명 비밀값",
  } satisfies Readonly<Record<ChannelField, string>>,
  hint: {
    chatId:
      "숫자(그룹은 -로 시작) 또는 채널의 @이름. 봇에게 먼저 말을 걸거나 봇을 그룹에 넣으면 Bot API의 getUpdates 응답에 chat.id로 나옵니다.",
    token: "BotFather가 준 123456:ABC-DEF 형식",
    url: "공개된 https 주소",
    secret: "16~200자, 빈칸 없이. 비우면 서버가 만들어 한 번 보여줍니다.",
  },
  keeps: "비우면 저장된 값을 그대로 둡니다. 저장된 값은 다시 보여주지 않습니다.",
  wrong: {
    name: "한 줄로, 60자까지 쓰세요.",
    chatId: "123456789, -1001234567890 같은 숫자나 @이름을 쓰세요.",
    token: "BotFather가 준 123456:ABC-DEF 형식으로 쓰세요.",
    url: "https://hooks.example/alerts 같은 주소를 쓰세요.",
    secret: "빈칸 없는 영문·숫자·기호 16~200자로 쓰세요.",
  } satisfies Readonly<Record<ChannelField, string>>,
  template: "형식",
  templates: { raw: "원본 JSON (서명됨)", discord: "Discord", slack: "Slack" },
  state: { ok: "정상", failing: "실패 중", stopped: "멈춤" } satisfies Readonly<
    Record<ChannelRow["state"], string>
  >,
  stateHint: {
    failing: "최근 메시지가 도착하지 않았습니다. 아래 기록에 이유가 있습니다.",
    stopped: "연속으로 실패해 전송을 멈췄습니다. 고친 뒤 시험 전송이 도착하면 다시 보냅니다.",
  },
  failures: (n: string): string => `연속 ${n}번 실패`,
  lastSent: (time: string): string => `마지막 전송 ${time} KST`,
  neverSent: "아직 보낸 적 없음",
  test: "시험 전송",
  testOf: (name: string): string => `시험 전송: ${name}`,
  testing: "보내는 중",
  outcome: {
    sent: "도착했습니다.",
    retry: "지금은 도착하지 않았습니다. 잠시 뒤 다시 시험하세요.",
    refused: "받는 쪽이 거절했습니다. 채널을 고친 뒤 다시 시험하세요.",
    gone: "받는 쪽이 없어졌습니다. 채널을 고치거나 삭제하세요.",
  } satisfies Readonly<Record<TestAnswer["outcome"], string>>,
  edit: "바꾸기",
  removeChannel: "채널 삭제",
  removeSure: (n: string): string =>
    n === "0"
      ? "저장된 토큰과 비밀값도 함께 사라집니다."
      : `저장된 토큰과 비밀값도 함께 사라지고, 규칙 ${n}개가 더는 이 채널로 보내지 않습니다.`,
  removeNow: "삭제",
  drawn: (name: string): string =>
    `${name}의 서명 비밀값입니다. 다시 보여주지 않으니 지금 받는 쪽에 옮겨 적으세요.`,
  notDrawn: "서명 비밀값은 앞선 저장에서 만들어졌고 다시 볼 수 없습니다. 채널을 바꿔 비밀값을 직접 넣으세요.",
  copy: "복사",
  copied: "복사했습니다.",
  notCopied: "브라우저가 복사를 거부했습니다. 값을 골라 직접 복사하세요.",
  drawnDone: "옮겨 적었습니다",

  log: "보낸 기록",
  logOf: "규칙",
  allRules: "모든 규칙",
  goneRule: "삭제된 규칙",
  goneChannel: "삭제된 채널",
  noLog: "아직 기록이 없습니다.",
  refresh: "새로고침",
  deliveryKind: { alert: "알림", digest: "마감 뒤 모음", correction: "정정" } satisfies Readonly<
    Record<DeliveryRow["kind"], string>
  >,
  delivery: {
    gathering: "모으는 중",
    waiting: "전송 대기",
    sent: "보냄",
    dead: "포기",
    withdrawn: "취소됨",
  } satisfies Readonly<Record<DeliveryRow["state"], string>>,
  again: "다시 보냄 대기",
  events: (n: string): string => `${n}건`,
  attempts: (n: string): string => `${n}번 시도`,
  createdAt: (time: string): string => `생성 ${time} KST`,
  sentAt: (time: string): string => `보냄 ${time} KST`,
  nextAt: (time: string): string => `다음 시도 ${time} KST`,
  reason: (reason: string): string => `이유: ${reason}`,

  problems: {
    unauthorized: "로그인이 끝났습니다. 다시 로그인하세요.",
    "login-required": "로그인이 끝났습니다. 다시 로그인하세요.",
    "owner-not-configured": "서버에 OWNER_TOKEN이 없어 설정할 수 없습니다. 서버에 넣은 뒤 다시 로그인하세요.",
    "forbidden-origin":
      "이 주소에서 연 페이지는 설정을 바꿀 수 없습니다. 서버의 원래 주소로 여세요. 다른 주소가 필요하면 ALLOWED_ORIGINS에 넣으세요.",
    "too-many-requests": "너무 자주 눌렀습니다. 1분 뒤에 다시 하세요.",
    "too-large": "보낸 내용이 너무 큽니다. 대상 종목을 줄이세요.",
  },
  tooManyTickers: "한 규칙의 대상은 500종목까지입니다. 다른 목록을 고르거나 종목을 줄이세요.",
  badBody: (detail: string): string => `서버가 받지 않는 값입니다. ${detail}`,
  gone: "이미 삭제되었습니다. 새로고침하세요.",
};

export type OwnerAlertTexts = typeof ko;

const en: OwnerAlertTexts = {
  title: "Telegram and webhooks",
  out: "Logged in as the owner, you get alerts from the server by Telegram or webhook even while this page is closed.",
  toLogin: "Log in",
  lead: "The server sends what the rules ask for to the channels, even while this page is closed.",
  links: (address) =>
    address === null
      ? "Messages have no links: for that, set PUBLIC_URL in wrangler.toml to the address of this server."
      : `Links in messages lead to ${address}`,

  rules: "Rules of the server",
  noRules: "There is no rule, so the server sends nothing.",
  addRule: "Add a rule",
  fullRules: "There are at most 20 rules.",
  noChannelOf: "no channel: nothing is sent",
  channelsFirst: "Add a channel first.",
  language: "Language of messages",
  languages: { ko: "한국어", en: "English" },
  sentTickers: (n) => `Once saved, the server follows the stocks now in the list of this device: ${n}.`,
  keptTickers: (n) => `The stocks that the server follows (${n}) came from a list of another device.`,
  listDiffers: (server, device) =>
    `The server follows ${server} stocks; the list of this device has others: ${device}.`,
  takeList: "Use the list of this device",
  save: "Save",
  saving: "Saving",
  saved: "Saved.",
  cancel: "Cancel",
  notSaved: "Not saved. What you typed is still here.",
  notDone: "This did not work.",

  channels: "Channels",
  noChannels: "There is no channel. Add one, and rules can send to it.",
  add: { telegram: "Add Telegram", webhook: "Add a webhook" },
  fullChannels: "There are at most 10 channels.",
  kind: { telegram: "Telegram", webhook: "Webhook" },
  field: {
    name: "Name (optional)",
    chatId: "Chat id",
    token: "Bot token",
    url: "Address",
    secret: "Signing secret",
  },
  hint: {
    chatId:
      "A number (of a group with a minus) or the @name of a channel. Write to the bot first, or add it to the group: the answer of getUpdates (bot API) then has it as chat.id.",
    token: "As BotFather gives it: 123456:ABC-DEF",
    url: "A public https address",
    secret: "16 to 200 characters without blanks. Left empty, the server makes one and shows it once.",
  },
  keeps: "Left empty, the stored value stays. It is never shown again.",
  wrong: {
    name: "One line of at most 60 characters.",
    chatId: "A number such as 123456789 or -1001234567890, or an @name.",
    token: "It must look like 123456:ABC-DEF, as BotFather gives it.",
    url: "An address such as https://hooks.example/alerts.",
    secret: "16 to 200 letters, digits and signs without blanks.",
  },
  template: "Format",
  templates: { raw: "Raw JSON (signed)", discord: "Discord", slack: "Slack" },
  state: { ok: "Working", failing: "Failing", stopped: "Stopped" },
  stateHint: {
    failing: "The last message did not arrive. The log below has the reason.",
    stopped: "It kept failing, so nothing more is sent. Fix it; a test that arrives starts it again.",
  },
  failures: (n) => `${n} failed in a row`,
  lastSent: (time) => `last sent ${time} KST`,
  neverSent: "Nothing sent yet",
  test: "Send a test",
  testOf: (name) => `Send a test: ${name}`,
  testing: "Sending",
  outcome: {
    sent: "It arrived.",
    retry: "It did not arrive this time. Test again in a while.",
    refused: "The receiver refused it. Change the channel, then test again.",
    gone: "The receiver is no longer there. Change or delete the channel.",
  },
  edit: "Change",
  removeChannel: "Delete channel",
  removeSure: (n) =>
    n === "0"
      ? "The stored token or secret goes with it."
      : `The stored token or secret goes with it, and ${n} of your rules no longer send here.`,
  removeNow: "Delete",
  drawn: (name) =>
    `This is the signing secret of ${name}. It is not shown again: copy it to the receiver now.`,
  notDrawn:
    "The signing secret was made by an earlier attempt to save and cannot be shown. Change the channel and enter one of your own.",
  copy: "Copy",
  copied: "Copied.",
  notCopied: "The browser refused to copy. Select the text and copy it yourself.",
  drawnDone: "I have copied it",

  log: "What was sent",
  logOf: "Rule",
  allRules: "All rules",
  goneRule: "deleted rule",
  goneChannel: "deleted channel",
  noLog: "Nothing yet.",
  refresh: "Reload",
  deliveryKind: { alert: "Alert", digest: "After the close", correction: "Correction" },
  delivery: {
    gathering: "gathering",
    waiting: "waiting",
    sent: "sent",
    dead: "failed for good",
    withdrawn: "withdrawn",
  },
  again: "waiting to be sent again",
  events: (n) => (n === "1" ? "1 event" : `${n} events`),
  attempts: (n) => (n === "1" ? "1 attempt" : `${n} attempts`),
  createdAt: (time) => `since ${time} KST`,
  sentAt: (time) => `sent ${time} KST`,
  nextAt: (time) => `next attempt ${time} KST`,
  reason: (reason) => `Reason: ${reason}`,

  problems: {
    unauthorized: "Your login has ended. Log in again.",
    "login-required": "Your login has ended. Log in again.",
    "owner-not-configured":
      "The server has no OWNER_TOKEN, so nothing can be set. Add it to the server, then log in again.",
    "forbidden-origin":
      "A page at this address may not change settings. Open the server's own address, or add this one to ALLOWED_ORIGINS.",
    "too-many-requests": "That was too often. Try again in a minute.",
    "too-large": "That is too much for the server. Choose fewer stocks.",
  },
  tooManyTickers: "A rule follows at most 500 stocks. Choose another list, or fewer stocks.",
  badBody: (detail) => `The server does not take this value. ${detail}`,
  gone: "It was deleted already. Reload.",
};

export const OWNER_ALERT_TEXTS: Readonly<Record<Locale, OwnerAlertTexts>> = { ko, en };
