/** Where the vendor is, and with what it is asked. */
import { keyProblem } from "../upstream/key-problem.ts";

export interface KiwoomAccess {
  /** `https://api.kiwoom.com`, without a slash at its end. Of the vars: an owner may point it at a relay. */
  readonly restBase: string;
  readonly appKey: string;
  readonly secretKey: string;
}

/** Why a key cannot be sent; `null` when it can. */
export function keyProblemOf({ appKey, secretKey }: KiwoomAccess): string | null {
  return keyProblem({ KIWOOM_APP_KEY: appKey, KIWOOM_SECRET_KEY: secretKey });
}
