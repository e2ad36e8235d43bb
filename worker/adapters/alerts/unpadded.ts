/** Base64url without signs of equality at the end, as keys and topics of Web Push are written. */
import { encodeBase64Url } from "hono/utils/encode";

export function unpadded(bytes: ArrayBufferLike): string {
  return encodeBase64Url(bytes).replaceAll("=", "");
}
