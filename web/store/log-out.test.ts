/** What the end of a session takes from the device, over a browser and a server in memory. */
import { afterEach, describe, it, vi } from "vitest";
import { createNoticeLog, EMPTY_LOG } from "./alerts/notice-log.ts";
import { memoryPlace } from "./alerts/stage-alerts.ts";
import { logOut } from "./log-out.ts";

/** A device with a subscription, and a server whose market asks for a login or does not; what is asked, and what is left. */
function stage(required: boolean): { readonly asked: string[]; readonly kept: Map<string, Response> } {
  const asked: string[] = [];
  const record = { version: 1, id: "s1", token: "token-of-s1", sent: "", isEnding: false };
  const kept = new Map([["/push/subscription", Response.json(record)]]);
  vi.stubGlobal("caches", {
    match: async (key: string) => Promise.resolve(kept.get(key)?.clone()),
    open: async () =>
      Promise.resolve({
        put: async (key: string, value: Response) => Promise.resolve(kept.set(key, value)),
        delete: async (key: string) => Promise.resolve(kept.delete(key)),
      }),
  });
  vi.stubGlobal("isSecureContext", true);
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const bearer = new Headers(init.headers).get("Authorization");
    asked.push(`${init.method} ${path}${bearer === null ? "" : ` ${bearer}`}`);
    const body = path === "/api/session" ? { required, active: false, expires_at: null } : { id: "s1" };
    return Promise.resolve(Response.json(body));
  });
  return { asked, kept };
}

describe("a logout", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("[UI288] of a private market ends its push messages", async ({ expect }) => {
    const { asked, kept } = stage(true);
    await logOut();
    expect([asked, kept.size]).toEqual([
      ["DELETE /api/session", "DELETE /api/push/subscriptions/s1 Bearer token-of-s1"],
      0,
    ]);
  });

  it("[UI288] of a private market leaves no notice of it on the device, and those of the demo", async ({
    expect,
  }) => {
    const notices = JSON.stringify({ version: 1, position: 1, notices: [] });
    const shelf = memoryPlace({ "vcp.notices.KRX": notices, "vcp.notices.DEMO": notices });
    vi.stubGlobal("localStorage", shelf.shelf);
    stage(false);
    await logOut();
    expect(shelf.kept.get("vcp.notices.KRX")).toBe(notices);
    stage(true);
    await logOut();
    expect(createNoticeLog(shelf, "KRX").value()).toEqual(EMPTY_LOG);
    expect([shelf.kept.get("vcp.notices.KRX"), shelf.kept.get("vcp.notices.DEMO")]).toEqual(["", notices]);
  });

  it("[UI288] of a market that everybody may read leaves them", async ({ expect }) => {
    const { asked, kept } = stage(false);
    await logOut();
    expect([asked, kept.size]).toEqual([["DELETE /api/session"], 1]);
  });
});
