/** KW17: the socket of a machine of the owner's, between the platform and what reads it. */
import type { SourceId } from "../../app/ports/market-sources.ts";
import type { PushedUpstream } from "./pushed-upstream.ts";

/** `pushed`: `null` where this program has a vendor of its own, `own`, whose prices nobody else brings. */
export function takeMachine(request: Request, pushed: PushedUpstream | null, own: SourceId | null): Response {
  if (pushed === null) {
    return Response.json({ source: own }, { status: 409 });
  }
  if (request.headers.get("Upgrade")?.toLowerCase() !== "websocket") {
    return new Response(null, { status: 426 });
  }
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  const listener = pushed.attach({
    send: (text) => {
      server.send(text);
    },
    close: (code, reason) => {
      server.close(code, reason);
    },
  });
  server.addEventListener("message", ({ data }) => {
    // Texts alone are sent; anything else is one that cannot be read.
    listener.onText(typeof data === "string" ? data : "");
  });
  for (const event of ["close", "error"] as const) {
    server.addEventListener(event, () => {
      listener.onEnd();
    });
  }
  return new Response(null, { status: 101, webSocket: client });
}
