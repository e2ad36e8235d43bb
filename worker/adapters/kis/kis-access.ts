/** Where the vendor is, and with what it is asked. */

export interface KisAccess {
  /** `https://openapi.koreainvestment.com:9443`, without a slash at its end. Of the vars: an owner may point it at a relay. */
  readonly restBase: string;
  /** `https://new.real.download.dws.co.kr/common/master`. Its files need no key. */
  readonly masterBase: string;
  readonly appKey: string;
  readonly appSecret: string;
}

/** What a header can carry. A value that it cannot would stand in the platform's error, and so in a log. */
const HEADER_TEXT = /^[\x21-\x7e]{1,512}$/;

/** Why a key cannot be sent; `null` when it can. */
export function keyProblemOf({ appKey, appSecret }: KisAccess): string | null {
  for (const [name, value] of [
    ["KIS_APP_KEY", appKey],
    ["KIS_APP_SECRET", appSecret],
  ] as const) {
    if (value === "") {
      return `${name} is not set`;
    }
    if (!HEADER_TEXT.test(value)) {
      return `${name} has spaces, line ends or other signs that no key has: set it again`;
    }
  }
  return null;
}
