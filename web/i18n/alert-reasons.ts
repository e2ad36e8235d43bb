/** Why the server refuses an alert, or could not send one, in the language of the page: what it does not know reads as the server wrote it. */
import type { Locale } from "./locale.ts";

const RECEIVERS: Readonly<Record<string, string>> = {
  "the webhook": "웹훅",
  Telegram: "텔레그램",
  "the push service": "푸시 서비스",
};
const WHO = "(the webhook|Telegram|the push service)";

/** `who` is what the first group names. */
type Korean = (who: string, ...parts: readonly string[]) => string;

/** Of an address: as a sentence ends. */
const ADDRESSES: Readonly<Record<string, string>> = {
  "its address is not a public one": "공개된 인터넷 주소가 아닙니다",
  "its name resolves to an address that is not a public one": "이름이 공개된 인터넷 주소로 연결되지 않습니다",
  "its host is no name": "호스트 이름이 잘못되었습니다",
  "its host is a name without a dot": "호스트 이름에 점이 없습니다",
  "its host is a name of an inner network": "내부망에서만 쓰는 호스트 이름입니다",
  "it holds a user name or a password": "주소에 사용자 이름이나 비밀번호가 들어 있습니다",
  "it is not https": "https 주소가 아닙니다",
  "its port is neither 443 nor 8443": "포트가 443이나 8443이 아닙니다",
  "it is no address": "주소 형식이 아닙니다",
};

function addressText(reason: string): string {
  return ADDRESSES[reason] ?? reason;
}

const KOREAN: readonly (readonly [pattern: RegExp, text: Korean])[] = [
  [
    /^Nothing is sent to this address: (.+?)\. Alerts leave for public https/u,
    (reason) =>
      `이 주소로는 보내지 않습니다: ${addressText(reason)}. 공개된 https 주소를 쓰거나, 내부 주소는 wrangler.toml의 ALERT_TARGETS에 넣으세요.`,
  ],
  [
    /^nothing is sent to this (?:address|endpoint): (.+)$/u,
    (reason) => `이 주소로는 보내지 않음: ${addressText(reason)}`,
  ],
  [/^There are at most (\d+) rules/u, (n) => `규칙은 ${n}개까지 둡니다. 하나를 바꾸거나 삭제하세요.`],
  [/^There are at most (\d+) channels/u, (n) => `채널은 ${n}개까지 둡니다. 하나를 바꾸거나 삭제하세요.`],
  [/^There is no channel /u, () => "규칙이 쓰는 채널이 삭제되었습니다. 다시 불러온 뒤 저장하세요."],
  [/^Send the token of the bot/u, () => "봇 토큰을 입력하세요. 토큰 없이는 채널을 만들 수 없습니다."],
  [/^Send the address of the webhook/u, () => "웹훅 주소를 입력하세요. 주소 없이는 채널을 만들 수 없습니다."],
  [
    /^Your network has its (\d+) subscriptions/u,
    (n) => `같은 네트워크에서 구독은 ${n}개까지입니다. 다른 브라우저에서 하나를 끝내세요.`,
  ],
  [
    /^This installation has its (\d+) subscriptions/u,
    (n) => `이 서버의 구독은 ${n}개까지입니다. 운영자가 몇 개를 끝내야 합니다.`,
  ],
  [/^A browser has at most (\d+) rules/u, (n) => `한 브라우저의 규칙은 ${n}개까지입니다. 몇 개를 합치세요.`],
  [
    /^The browsers of this installation name (\d+) shares/u,
    (n) => `모든 브라우저의 규칙을 합쳐 종목은 ${n}개까지입니다. 종목을 줄이거나 빼세요.`,
  ],
  [/^the keys of the subscription/u, () => "구독의 키가 잘못됨"],
  [
    new RegExp(`^${WHO} has an address that is not a public one$`, "u"),
    (who) => `${who}: 공개된 인터넷 주소가 아님`,
  ],
  [new RegExp(`^${WHO} answered with status (\\d+)$`, "u"), (who, status) => `${who} 응답 ${status}`],
  [
    new RegExp(`^${WHO} answered with a redirect \\((\\d+)\\)`, "u"),
    (who, status) => `${who} 응답 ${status}: 다른 주소로 넘겼으나 따라가지 않음`,
  ],
  [new RegExp(`^${WHO} refused with status (\\d+)$`, "u"), (who, status) => `${who} 거절, 응답 ${status}`],
  [
    new RegExp(`^${WHO} refused with status (\\d+); services such as Apple's`, "u"),
    (who, status) =>
      `${who} 거절, 응답 ${status}: 공개된 https 주소가 있는 서버만 받는 서비스(Apple 등)가 있음. wrangler.toml의 PUBLIC_URL에 서버 주소를 쓰세요`,
  ],
  [
    new RegExp(`^${WHO} is no longer there \\(status (\\d+)\\)$`, "u"),
    (who, status) => `${who}: 없어진 주소, 응답 ${status}`,
  ],
  [new RegExp(`^${WHO} gave no answer in time$`, "u"), (who) => `${who}: 제시간에 응답 없음`],
  [new RegExp(`^${WHO} could not be reached$`, "u"), (who) => `${who}에 연결할 수 없음`],
  [/^the group became a supergroup/u, () => "그룹이 슈퍼그룹으로 바뀌어 채팅 ID가 달라짐"],
  [/^Telegram knows no such chat/u, () => "텔레그램에 없는 채팅이거나, 그 채팅에서 봇에게 말을 건 적이 없음"],
  [/^Telegram does not know the bot's token$/u, () => "텔레그램이 모르는 봇 토큰"],
  [/^the bot was blocked/u, () => "봇이 차단되었거나 채팅에서 내보내짐"],
  [/^the bot's token has not the form/u, () => "봇 토큰의 형식이 123456:ABC-DEF와 다름"],
  [
    /^the channel was stopped after (\d+) failures/u,
    (n) => `연속 ${n}번 실패해 채널이 멈춤: 시험 전송을 해 보세요`,
  ],
  [/^its exchange is not shown/u, () => "그 시장을 더는 보여주지 않음"],
  [/^nobody was there to be told$/u, () => "받을 채널이 없음"],
  [/^its rule was switched off$/u, () => "규칙이 꺼짐"],
  [
    /^the quiet hours of its rule have no end$/u,
    () => "규칙의 조용한 시간이 끝나지 않음: 시작과 끝을 바꾸세요",
  ],
  [/^its rule was deleted$/u, () => "규칙이 삭제됨"],
  [/^nothing of it stood any more$/u, () => "모두 정정되어 보낼 것이 없음"],
  [/^the (?:receiver|channel) was removed$/u, () => "채널이 삭제됨"],
  [/^its rule names the channel no more$/u, () => "규칙에서 채널이 빠짐"],
  [/^what was kept of it cannot be read$/u, () => "서버에 저장된 내용을 읽을 수 없음"],
  [/^the browser has another address since$/u, () => "브라우저의 주소가 바뀜"],
  [/^the browser has ended its subscription/u, () => "브라우저가 구독을 끝냄"],
  [/^the program could not send it$/u, () => "프로그램이 보내지 못함"],
  [/^what it corrects never arrived$/u, () => "정정할 알림이 도착한 적 없음"],
  [/^the quiet hours left no time/u, () => "조용한 시간이 끝나기 전에 하루가 지남"],
];

/** `reason`: of a refusal, of a test or of the log, as the server wrote it. */
export function reasonText(reason: string, locale: Locale): string {
  if (locale !== "ko") {
    return reason;
  }
  for (const [pattern, text] of KOREAN) {
    const groups = pattern.exec(reason)?.slice(1);
    if (groups !== undefined) {
      const [first = "", ...others] = groups;
      return text(RECEIVERS[first] ?? first, ...others);
    }
  }
  return reason;
}
