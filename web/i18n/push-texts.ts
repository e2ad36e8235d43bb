/** Texts of the push messages of this device, on the page of the alerts. */
import type { DeliveryRow, TestAnswer } from "../../worker/protocol/rest/alerts.ts";
import type { Locale } from "./locale.ts";

const ko = {
  title: "닫혀 있을 때 푸시",
  begin: "이 기기로 푸시 받기",
  begun: "푸시를 받고 있습니다.",
  end: "푸시 그만 받기",
  lost: "브라우저가 이 기기의 푸시 구독을 끝냈습니다. 다시 받으려면 누르세요.",
  rules: (n: string): string => `푸시를 고른 켜진 규칙: ${n}개`,
  noRules: "푸시를 고른 켜진 규칙이 없어 아무것도 보내지 않습니다. 위에서 규칙을 켜고 푸시를 고르세요.",
  cut: "목록이 길어 한 규칙에 가장 최근의 500종목까지만 보냅니다.",
  blocked: "위의 브라우저 알림을 허용하면 시작할 수 있습니다.",
  insecure: "푸시는 https 주소에서만 됩니다. https로 이 페이지를 여세요.",
  unsupported: "이 브라우저는 푸시를 지원하지 않습니다.",
  homeScreen: {
    lead: "iPhone과 iPad에서는 홈 화면에 추가한 뒤에만 푸시를 받습니다.",
    steps: [
      "브라우저의 공유 버튼을 누릅니다.",
      "'홈 화면에 추가'를 누릅니다.",
      "홈 화면에서 열어 이 페이지로 돌아옵니다.",
    ],
  },
  refused:
    "브라우저가 구독하지 못했습니다. 시크릿 창이 아닌지, 브라우저의 푸시 서비스가 막혀 있지 않은지 확인하고 다시 누르세요.",
  failed: (reason: string): string =>
    `서버에 아직 전하지 못했습니다. 규칙이 바뀌거나 다시 연결되면 또 보냅니다. ${reason}`,
  tooMany: "요청이 너무 많습니다. 1분 뒤에 됩니다.",
  test: "푸시 시험해 보기",
  outcomes: {
    sent: "푸시 서비스에 보냈습니다. 몇 초 안에 알림이 나타납니다.",
    retry: "지금은 보내지 못했습니다. 잠시 뒤에 다시 누르세요.",
    refused: "푸시 서비스가 거부했습니다. 푸시를 그만 받았다가 다시 받으세요.",
    gone: "푸시 서비스에 이 기기가 없습니다. 푸시를 그만 받았다가 다시 받으세요.",
  } satisfies Readonly<Record<TestAnswer["outcome"], string>>,
  log: "보낸 푸시",
  logEmpty: "아직 보낸 푸시가 없습니다.",
  states: {
    gathering: "모으는 중",
    waiting: "보내는 중",
    sent: "보냄",
    dead: "보내지 못함",
    withdrawn: "취소됨",
  } satisfies Readonly<Record<DeliveryRow["state"], string>>,
  untitled: "알림",
  attempts: (n: string): string => `${n}번 시도`,
};

export type PushTexts = typeof ko;

const en: PushTexts = {
  title: "Push while it is closed",
  begin: "Push to this device",
  begun: "This device receives push messages.",
  end: "Stop push messages",
  lost: "The browser has ended the push subscription of this device. Press to receive them again.",
  rules: (n) => `Rules that are on and have push: ${n}`,
  noRules: "No rule that is on has push, so nothing is sent. Turn a rule on above and choose push in it.",
  cut: "The list is long: of one rule the newest 500 stocks are sent.",
  blocked: "It can begin once the browser notifications above are allowed.",
  insecure: "Push needs an https address. Open this page over https.",
  unsupported: "This browser has no push messages.",
  homeScreen: {
    lead: "On an iPhone or iPad push works once this page is on the home screen.",
    steps: [
      "Press “share” in the browser.",
      "Choose “add to home screen”.",
      "Open it from the home screen and come back to this page.",
    ],
  },
  refused:
    "The browser could not subscribe. Check that this is no private window and that its push service is not blocked, then press again.",
  failed: (reason) =>
    `The server does not know it yet; it is sent again when a rule changes or the network is back. ${reason}`,
  tooMany: "There were too many requests. It works again in a minute.",
  test: "Try push",
  outcomes: {
    sent: "The push service has it. The notification appears within seconds.",
    retry: "It could not be sent now. Press again in a moment.",
    refused: "The push service refuses it. Stop push messages, then begin again.",
    gone: "The push service does not know this device. Stop push messages, then begin again.",
  },
  log: "Push messages sent",
  logEmpty: "No push message has been sent yet.",
  states: {
    gathering: "gathering",
    waiting: "on its way",
    sent: "sent",
    dead: "not sent",
    withdrawn: "withdrawn",
  },
  untitled: "Alert",
  attempts: (n) => `${n} attempts`,
};

export const PUSH_TEXTS: Readonly<Record<Locale, PushTexts>> = { ko, en };
