/** What the Kiwoom REST interface answers: its envelope, codes and texts, as clients of it have recorded them. */
import { KST_OFFSET_MS } from "../../../core/calendar/trading-day.ts";

/** `return_code` and text. Refusals of the same code differ in the brackets of their text alone. */
const REFUSALS = {
  "1634": [5, "입력 값이 잘못되었습니다[1634:허용된 종목 개수를 초과하였습니다]"],
  "1700": [5, "허용된 요청 개수를 초과하였습니다[1700:허용된 요청 개수를 초과하였습니다. API ID=ka10095]"],
  "1504": [2, "입력 값이 잘못되었습니다[1504:해당 URI에서는 지원하는 API ID가 아닙니다]"],
  "1511": [2, "입력 값이 잘못되었습니다[1511:필수입력 값에 값이 존재하지 않습니다]"],
  "1901": [2, "시장 코드값이 존재하지 않습니다[1901:종목코드 오류]"],
  "1999": [20, "예기치 못한 에러가 발생하였습니다[1999:잠시 후 다시 시도하여 주십시오]"],
  "8001": [3, "인증에 실패했습니다[8001:App Key와 Secret Key 검증에 실패했습니다]"],
  "8005": [3, "인증에 실패했습니다[8005:Token이 유효하지 않습니다]"],
  "8010": [3, "인증에 실패했습니다[8010:Token을 발급받은 IP와 서비스를 요청한 IP가 동일하지 않습니다]"],
  "8050": [3, "인증에 실패했습니다[8050:지정단말기 인증에 실패했습니다]"],
  "8104": [3, "모의투자에서는 지원하지 않는 API입니다[8104:모의투자 미지원]"],
} as const;

export type KiwoomCode = keyof typeof REFUSALS;

/** A refusal: status 200, but for a rate that is sometimes told by the status. */
export function kiwoomRefusal(code: KiwoomCode, status: 200 | 429 = 200): Response {
  const [number, text] = REFUSALS[code];
  return Response.json({ return_code: number, return_msg: text }, { status });
}

/** The same refusal as the answer to a login of the socket. */
export function loginRefusal(code: KiwoomCode): string {
  const [, text] = REFUSALS[code];
  return JSON.stringify({
    trnm: "LOGIN",
    return_code: Number(`80${code}`),
    return_msg: `토큰 인증에 실패했습니다 [CODE=${code}, MESSAGE=${text}]`,
  });
}

/** `next`: of the part that follows, which the headers name and nothing else; `null` after the last. */
export function kiwoomAnswer(service: string, body: object, next: string | null = null): Response {
  return Response.json(
    { ...body, return_code: 0, return_msg: "정상적으로 처리되었습니다" },
    {
      headers: {
        "content-type": "application/json;charset=UTF-8",
        "api-id": service,
        "cont-yn": next === null ? "N" : "Y",
        "next-key": next ?? "",
      },
    },
  );
}

/** 1 and 4 are the limits of the day. */
export function signOf(change: number, base: number): string {
  const isLimit = Math.abs(change) >= Math.floor(0.2975 * base);
  return change === 0 ? "3" : change > 0 ? (isLimit ? "1" : "2") : isLimit ? "4" : "5";
}

/** A price with the sign of the day's change before it. */
export function signedPrice(price: number, change: number): string {
  return `${change > 0 ? "+" : change < 0 ? "-" : ""}${price}`;
}

/** A change with its own sign. */
export function signedChange(change: number): string {
  return change > 0 ? `+${change}` : String(change);
}

export const clockOf = (at: number): string =>
  new Date(at + KST_OFFSET_MS).toISOString().slice(11, 19).replaceAll(":", "");
export const dateOf = (at: number): string =>
  new Date(at + KST_OFFSET_MS).toISOString().slice(0, 10).replaceAll("-", "");

/** The vendor counts values in millions of won. */
export const millions = (won: number): number => Math.floor(won / 1_000_000);
