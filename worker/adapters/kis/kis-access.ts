/** Where the vendor is, and with what it is asked. */
import { keyProblem } from "../upstream/key-problem.ts";

export interface KisAccess {
  /** `https://openapi.koreainvestment.com:9443`, without a slash at its end. Of the vars: an owner may point it at a relay. */
  readonly restBase: string;
  /** `https://new.real.download.dws.co.kr/common/master`. Its files need no key. */
  readonly masterBase: string;
  readonly appKey: string;
  readonly appSecret: string;
}

/** Why a key cannot be sent; `null` when it can. */
export function keyProblemOf({ appKey, appSecret }: KisAccess): string | null {
  return keyProblem({ KIS_APP_KEY: appKey, KIS_APP_SECRET: appSecret });
}
