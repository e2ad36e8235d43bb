/** What the KIS REST interface answers: its envelopes, codes and texts, as clients of it have recorded them. */

/** Codes that a client has to know, with the vendor's own texts. */
const TEXTS = {
  EGW00103: "유효하지 않은 AppKey입니다.",
  EGW00105: "유효하지 않은 AppSecret입니다.",
  EGW00121: "유효하지 않은 token 입니다.",
  EGW00123: "기간이 만료된 token 입니다.",
  EGW00133: "접근토큰 발급 잠시 후 다시 시도하세요(1분당 1회)",
  EGW00201: "초당 거래건수를 초과하였습니다.",
  EGW00206: "API 사용 권한이 없습니다.",
  EGW00303: "등록되지 않은 IP입니다.",
  OPSQ0002: "없는 서비스 코드 입니다",
  OPSQ2001: "ERROR INVALID FID_COND_MRKT_DIV_CODE",
  OPSQ0008: "MCA00000 : 처리 중 오류가 발생하였습니다.",
} as const;

export type KisCode = keyof typeof TEXTS;

/** A refusal of the interface; rate and gateway faults come with status 500 as well as with 200. */
export function kisRefusal(code: KisCode, status: 200 | 500): Response {
  return Response.json({ rt_cd: "1", msg_cd: code, msg1: TEXTS[code] }, { status });
}

/** A refusal of the token's endpoint, which has an envelope of its own. */
export function tokenRefusal(code: KisCode): Response {
  return Response.json({ error_description: TEXTS[code], error_code: code }, { status: 403 });
}

/** `more`: whether another page follows; the header states it. */
export function kisAnswer(body: object, more: boolean | null = null): Response {
  return Response.json(
    { ...body, rt_cd: "0", msg_cd: "MCA00000", msg1: "정상처리 되었습니다." },
    {
      headers: {
        "content-type": "application/json; charset=utf-8",
        tr_cont: more === null ? "" : more ? "M" : "D",
      },
    },
  );
}

/** The sign of a change, beside the number that carries "-" as well: 1 and 4 are the limits of the day. */
export function signOf(change: number, base: number): string {
  const isLimit = Math.abs(change) >= Math.floor(0.2975 * base);
  return change === 0 ? "3" : change > 0 ? (isLimit ? "1" : "2") : isLimit ? "4" : "5";
}
