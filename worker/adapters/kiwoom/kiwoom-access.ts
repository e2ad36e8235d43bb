/** Where the vendor is, and with what it is asked. */

export interface KiwoomAccess {
  /** `https://api.kiwoom.com`, without a slash at its end. Of the vars: an owner may point it at a relay. */
  readonly restBase: string;
  readonly appKey: string;
  readonly secretKey: string;
}

/** What a key of the vendor's portal is made of: anything else is a slip of the hand, and is not sent. */
const KEY_TEXT = /^[\x21-\x7e]{1,512}$/;

/** Why a key cannot be sent; `null` when it can. */
export function keyProblemOf({ appKey, secretKey }: KiwoomAccess): string | null {
  for (const [name, value] of [
    ["KIWOOM_APP_KEY", appKey],
    ["KIWOOM_SECRET_KEY", secretKey],
  ] as const) {
    if (value === "") {
      return `${name} is not set`;
    }
    if (!KEY_TEXT.test(value)) {
      return `${name} has spaces, line ends or other signs that no key has: set it again`;
    }
  }
  return null;
}
