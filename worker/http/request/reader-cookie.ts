/**
 * RD3: the cookie of a reader's session. It carries an id and an end, signed with a key that is derived from the owner's token:
 * the token is not in it, a cookie that was made elsewhere is none, and another token makes all cookies invalid.
 */
import type { Context } from "hono";
import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie";
import type { ReaderSession } from "../../protocol/reader-header.ts";
import type { HttpEnv } from "./ports.ts";

/** How long a session lasts. */
const SESSION_MS = 30 * 86_400_000;

const LOOPBACK = /^(?:localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const INFO = "vcp-radar reader session 1";
const VALUE = /^([\w-]{22})\.(\d{1,15})$/;
const PLAIN = { httpOnly: true, sameSite: "Strict", path: "/" } as const;

/** Signs and reads cookies with the key of one token. */
export class ReaderCookies {
  readonly #token: string;
  #key: Promise<ArrayBuffer> | null = null;

  constructor(token: string) {
    this.#token = token;
  }

  /** A session of {@link SESSION_MS} from `at` on, in milliseconds since the epoch. */
  begin(at: number): ReaderSession {
    return { id: base64Url(crypto.getRandomValues(new Uint8Array(16))), until: at + SESSION_MS };
  }

  /** The session of the request's cookie; `null` where there is none, its signature is wrong, or it has ended at `at`. */
  async read(c: Context<HttpEnv>, at: number): Promise<ReaderSession | null> {
    if (c.req.header("Cookie") === undefined) {
      return null;
    }
    const { name, isSecure } = placeOf(c);
    const key = await this.#signer();
    const value = await (isSecure ? getSignedCookie(c, key, name, "host") : getSignedCookie(c, key, name));
    const [, id, until] = VALUE.exec(value || "") ?? [];
    return id !== undefined && until !== undefined && Number(until) > at
      ? { id, until: Number(until) }
      : null;
  }

  async write(c: Context<HttpEnv>, { id, until }: ReaderSession): Promise<void> {
    const { name, isSecure } = placeOf(c);
    await setSignedCookie(c, name, `${id}.${until}`, await this.#signer(), {
      ...PLAIN,
      maxAge: SESSION_MS / 1_000,
      ...(isSecure && { secure: true, prefix: "host" }),
    });
  }

  remove(c: Context<HttpEnv>): void {
    const { name, isSecure } = placeOf(c);
    deleteCookie(c, name, { ...PLAIN, ...(isSecure && { secure: true, prefix: "host" }) });
  }

  /** Derived once. */
  #signer(): Promise<ArrayBuffer> {
    this.#key ??= deriveKey(this.#token);
    return this.#key;
  }
}

async function deriveKey(token: string): Promise<ArrayBuffer> {
  const encoder = new TextEncoder();
  const material = await crypto.subtle.importKey("raw", encoder.encode(token), "HKDF", false, ["deriveBits"]);
  const info = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: encoder.encode(INFO) };
  return crypto.subtle.deriveBits(info, material, 256);
}

/**
 * Plain http to this machine's own names cannot have a Secure cookie. There cookies are shared by all servers of the machine, whatever
 * their port, so the port is in the name.
 */
function placeOf(c: Context<HttpEnv>): { readonly name: string; readonly isSecure: boolean } {
  const { protocol, hostname, port } = new URL(c.req.url);
  return protocol === "http:" && LOOPBACK.test(hostname)
    ? { name: `vcp_session_${port || "80"}`, isSecure: false }
    : { name: "vcp_session", isSecure: true };
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCodePoint(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
