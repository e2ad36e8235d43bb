/** AL60: by what key pair and under which name an installation is known to push services (VAPID, RFC 8292). */
import { decodeBase64Url } from "hono/utils/encode";
import { sign } from "hono/jwt";
import { publicOrigin } from "../../platform/public-origin.ts";
import { unpadded } from "./unpadded.ts";

/** P-256, base64url: the public key as a point of 65 bytes, as `applicationServerKey` takes it, the private one as 32 bytes. */
export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

const LIFE_S = 12 * 3_600;
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };

/** To be drawn once: a subscription is bound to the public key under which it was made. */
export async function makeVapidKeys(): Promise<VapidKeys> {
  const pair = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  if (!("privateKey" in pair)) {
    throw new TypeError("ECDSA gives a pair of keys");
  }
  const jwk = await crypto.subtle.exportKey("jwk", pair.privateKey);
  const raw = await crypto.subtle.exportKey("raw", pair.publicKey);
  if (!(raw instanceof ArrayBuffer) || !("d" in jwk) || jwk.d === undefined) {
    throw new TypeError("The keys were made to be exported");
  }
  return { publicKey: unpadded(raw), privateKey: jwk.d };
}

/** Where an installation has no public address. Apple's service takes no message under it. */
export const NOWHERE = "mailto:alerts@vcp-radar.invalid";

/** Whom a push service may write to: the first of the addresses that is https and of a public name, or a name that leads nowhere. */
export function vapidSubject(...addresses: readonly (string | null)[]): string {
  const origins = addresses.map((address) => publicOrigin(address ?? ""));
  return origins.find((origin) => origin !== null) ?? NOWHERE;
}

/** The value of `Authorization` for the push service of `endpoint`. `now` in milliseconds since the epoch. */
export async function vapidAuthorization(
  endpoint: string,
  { publicKey, privateKey }: VapidKeys,
  subject: string,
  now: number,
): Promise<string> {
  const point = decodeBase64Url(publicKey);
  const x = unpadded(point.slice(1, 33).buffer);
  const y = unpadded(point.slice(33).buffer);
  const claims = { aud: new URL(endpoint).origin, exp: Math.floor(now / 1_000) + LIFE_S, sub: subject };
  const token = await sign(claims, { kty: "EC", crv: "P-256", x, y, d: privateKey }, "ES256");
  return `vapid t=${token}, k=${publicKey}`;
}
