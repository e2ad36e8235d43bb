/** `/api/session`: the owner's token in exchange for a cookie, and its end (RD4). */
import type { Context } from "hono";
import { logFailure } from "../../app/ports/log.ts";
import { needsLogin } from "../../app/reader-rule.ts";
import { formatKst } from "../../protocol/format.ts";
import type { ReaderSession } from "../../protocol/reader-header.ts";
import { LoginBody, type SessionBody } from "../../protocol/rest/reader-session.ts";
import { beginAction, endAction } from "../request/owner.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import { readJson } from "../request/body-limit.ts";
import { takeOrRefuse } from "../request/limits.ts";
import type { HttpEnv, HttpPorts, ReaderPorts } from "../request/ports.ts";
import { Refusal } from "../request/problem-response.ts";
import { ReaderCookies } from "../request/reader-cookie.ts";
import { livingSession } from "../request/readers.ts";
import { isSameSecret } from "../request/secret-compare.ts";

const WRONG =
  "This is not the owner's token. It is the value of OWNER_TOKEN: in the file .dev.vars that npm start writes, on Cloudflare the secret of that name.";

/** Open to everyone: who may not read yet logs in here. */
export function sessionRoutes(ports: HttpPorts, readers: ReaderPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);
  const token = ports.ownerToken ?? "";
  const cookies = new ReaderCookies(token);
  const bodyOf = async (session: ReaderSession | null): Promise<SessionBody> => ({
    required: needsLogin(readers.rule, await ports.settings.activeExchange()),
    active: session !== null,
    expires_at: session === null ? null : formatKst(session.until),
  });

  routes.get("/session", {
    summary: "Whether the active exchange asks its readers to log in, and whether this request has.",
    answer: { schema: "Session" },
    open: true,
    handle: async (c) => c.json(await bodyOf(token === "" ? null : await livingSession(c, cookies, ports))),
  });

  routes.post("/session", {
    summary:
      "Logs in: the owner's token in exchange for a cookie that for 30 days reads and keeps the owner's alerts, and does nothing else.",
    body: { type: "application/json", schema: "Login" },
    answer: { schema: "Session" },
    problems: ["unauthorized", "owner-not-configured", "forbidden-origin"],
    open: true,
    example: { body: `{"token":"'"$OWNER_TOKEN"'"}` },
    handle: async (c) => {
      await admitLogin(c, ports);
      const position = await beginAction(c, ports);
      const now = ports.clock.now();
      const session = cookies.begin(now);
      await readers.sessions.open(session.id, session.until, now);
      await cookies.write(c, session);
      await endAction(c, ports, { position, status: 200 });
      return c.json(await bodyOf(session));
    },
  });

  routes.delete("/session", {
    summary: "Logs out: the session ends everywhere, its open sockets with it.",
    answer: { schema: "Session" },
    problems: ["forbidden-origin"],
    open: true,
    handle: async (c) => {
      const session = token === "" ? null : await livingSession(c, cookies, ports);
      if (session !== null) {
        await readers.sessions.end(session.id);
        await readers.endSockets(session.id).catch((error: unknown) => {
          logFailure(ports.log, "reader_sockets_not_ended", error);
        });
      }
      cookies.remove(c);
      return c.json(await bodyOf(null));
    },
  });

  return routes;
}

/** Throws a Refusal unless the body has the owner's token. */
async function admitLogin(c: Context<HttpEnv>, ports: HttpPorts): Promise<void> {
  const { token: given } = await readJson(c, LoginBody);
  const token = ports.ownerToken ?? "";
  if (token === "") {
    throw new Refusal("owner-not-configured", {
      detail:
        "Nobody can log in before OWNER_TOKEN is configured: here by npm start, on Cloudflare by npx wrangler secret put OWNER_TOKEN.",
    });
  }
  // Counted before the comparison: a right guess among too many is refused as well. The Bearer header stays open to the owner.
  await takeOrRefuse(c, ports, "login");
  if (!(await isSameSecret(given.trim(), token))) {
    throw new Refusal("unauthorized", { detail: WRONG }, { "WWW-Authenticate": 'Bearer realm="reader"' });
  }
}
