/**
 * RD2: who may read. Every route that is neither the owner's nor open to everyone asks this guard, because routes cannot be
 * registered without it (`api-routes.ts`): one that is added is closed as all others are.
 */
import type { Context } from "hono";
import { needsLogin } from "../../app/reader-rule.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { CLOSE } from "../../protocol/messages/codes.ts";
import { encodeReader, OWNER_READER, type ReaderSession } from "../../protocol/reader-header.ts";
import { takeOrRefuse } from "./limits.ts";
import type { HttpEnv, HttpPorts } from "./ports.ts";
import { Refusal } from "./problem-response.ts";
import { ReaderCookies } from "./reader-cookie.ts";
import { bearerOf, isSameSecret } from "./secret-compare.ts";

const REMEDY =
  "Log in at /login, or send Authorization: Bearer with the owner's token. It is the value of OWNER_TOKEN: in the file .dev.vars that npm start writes, on Cloudflare the secret of that name. The demo market is open to everyone: exchange=DEMO.";

/** `null`: the request may read the exchange it is about, `asked` or the active one. Otherwise the answer, or a thrown Refusal. */
export type ReaderGuard = (c: Context<HttpEnv>, asked: Exchange | undefined) => Promise<Response | null>;

/** Leaves in `reader` who reads, for the sockets; without `readers` everyone may read. */
export function makeReaderGuard(ports: HttpPorts): ReaderGuard {
  const { readers, ownerToken: token } = ports;
  if (readers === undefined || readers.rule === "public") {
    return () => Promise.resolve(null);
  }
  const cookies = token === null || token === "" ? null : new ReaderCookies(token);
  return async (c, asked) => {
    const bearer = bearerOf(c.req.header("Authorization"));
    if (token !== null && token !== "" && bearer !== "" && (await isSameSecret(bearer, token))) {
      c.set("reader", OWNER_READER);
      return null;
    }
    const session = cookies && (await livingSession(c, cookies, ports));
    if (session !== null) {
      c.set("reader", encodeReader(session));
      return null;
    }
    const judged = asked ?? (await ports.settings.activeExchange());
    if (!needsLogin(readers.rule, judged)) {
      c.set("judged", judged);
      return null;
    }
    if (bearer !== "") {
      await takeOrRefuse(c, ports, "guess");
    }
    return refuse(c);
  };
}

/** A browser learns of a refused socket by a close code only, and a page that is opened leads to the login. */
function refuse(c: Context<HttpEnv>): Response {
  if (c.req.header("Upgrade")?.toLowerCase() === "websocket") {
    const { 0: client, 1: server } = new WebSocketPair();
    server.accept();
    server.close(CLOSE.login.code, CLOSE.login.reason);
    return new Response(null, { status: 101, webSocket: client });
  }
  if (c.req.header("Sec-Fetch-Mode") === "navigate" && c.req.method === "GET") {
    return c.redirect(`/login?to=${encodeURIComponent(c.req.path)}`, 303);
  }
  throw new Refusal("login-required", { detail: REMEDY }, { "WWW-Authenticate": 'Bearer realm="reader"' });
}

/** The session of the request's cookie, unless it was ended. */
export async function livingSession(
  c: Context<HttpEnv>,
  cookies: ReaderCookies,
  { readers, clock }: Pick<HttpPorts, "readers" | "clock">,
): Promise<ReaderSession | null> {
  const now = clock.now();
  const session = await cookies.read(c, now);
  return session !== null && (await readers?.sessions.living([session.id], now))?.has(session.id) === true
    ? session
    : null;
}

/** Whether the request's cookie is one of whoever has logged in. */
export async function hasSession(
  c: Context<HttpEnv>,
  ports: Pick<HttpPorts, "ownerToken" | "readers" | "clock">,
): Promise<boolean> {
  const token = ports.ownerToken ?? "";
  return token !== "" && (await livingSession(c, new ReaderCookies(token), ports)) !== null;
}
