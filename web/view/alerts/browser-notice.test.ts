/** Notifications over other windows, over a browser in memory. */
import { afterEach, describe, it, vi } from "vitest";
import { showBrowserNotice } from "./browser-notice.ts";

const NOTICE = { title: "돌파 확정", body: "", path: "/alerts" } as const;

/** A browser whose reader has answered with `permission`; the titles and tags that came over the windows. */
function stageBrowser(permission: NotificationPermission): { shown: string[]; kept: Map<string, unknown> } {
  const kept = new Map<string, unknown>();
  const shown: string[] = [];
  vi.stubGlobal("Notification", { permission });
  vi.stubGlobal("caches", {
    open: async () =>
      Promise.resolve({
        match: async (key: string) => Promise.resolve(kept.get(key)),
        put: async (key: string, value: unknown) => Promise.resolve(kept.set(key, value)),
        keys: async () => Promise.resolve([...kept.keys()]),
        delete: async (key: string) => Promise.resolve(kept.delete(key)),
      }),
  });
  vi.stubGlobal("navigator", {
    serviceWorker: {
      getRegistration: async () =>
        Promise.resolve({
          showNotification: async (_: string, { tag }: { tag: string }) => Promise.resolve(shown.push(tag)),
        }),
    },
  });
  return { shown, kept };
}

describe("a notification of the browser", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("[UI284] is one for each event, and stands for those of a burst that were not shown", async ({
    expect,
  }) => {
    const { shown } = stageBrowser("granted");
    const show = async (...ids: readonly string[]): Promise<boolean> =>
      showBrowserNotice({ ...NOTICE, tag: ids.at(-1) ?? "test", ids });
    expect([await show("a"), await show("a"), await show("a", "b"), await show("b")]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(shown).toEqual(["a", "b"]);
  });

  it("[UI284] is none without permission, and what is kept of the shown ones is bounded", async ({
    expect,
  }) => {
    expect(await showBrowserNotice({ ...NOTICE, tag: "a", ids: ["a"] }).catch(() => null)).toBe(false);
    const refused = stageBrowser("denied");
    expect(await showBrowserNotice({ ...NOTICE, tag: "a", ids: ["a"] })).toBe(false);
    expect([refused.shown, refused.kept.size]).toEqual([[], 0]);
    const { kept } = stageBrowser("granted");
    const ids = Array.from({ length: 520 }, (_, i) => `e${i}`);
    await showBrowserNotice({ ...NOTICE, tag: "e519", ids });
    expect([kept.size, kept.has("/notified/e519")]).toEqual([500, true]);
  });
});
