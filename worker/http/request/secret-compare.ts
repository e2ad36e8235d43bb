/** Comparing a secret without showing by the time that it takes where the two differ. */

/** Digests have one length, so the time of the comparison shows neither a matching prefix nor the length of the secret. */
export async function isSameSecret(given: string, secret: string): Promise<boolean> {
  const [a, b] = await Promise.all([digest(given), digest(secret)]);
  return crypto.subtle.timingSafeEqual(a, b);
}

function digest(text: string): Promise<ArrayBuffer> {
  return crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
}

const BEARER = /^Bearer +(\S+) *$/i;

/** The token of an `Authorization` header; empty where there is none. */
export function bearerOf(header: string | undefined): string {
  return BEARER.exec(header ?? "")?.[1] ?? "";
}
