/** Notifications over other windows, over a browser in memory. */
import { afterEach, describe, it, vi } from "vitest";
import { noticePermission, showBrowserNotice, withdrawBrowserNotices } from "./browser-notice.ts";

const NOTICE = { title: "돌파 확정", body: "", path: "/alerts" } as const;

/** A browser whose reader has answered with `permission`; the titles and tags that came over the windows. */
function stageBrowser(permission: NotificationPermission): {
  shown: string[];
  kept: Map<string, unknown>;
  /** Those that are there, by their tags. */
  there: Map<string, NotificationOptions & { readonly title: string }>;
} {
  const there = new Map<string, NotificationOptions & { readonly title: string }>();
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
          showNotification: async (title: string, options: NotificationOptions & { tag: string }) => {
            there.set(options.tag, { title, ...options });
            return Promise.resolve(shown.push(options.tag));
          },
          getNotifications: async () => Promise.resolve([...there.values()]),
        }),
    },
  });
  return { shown, kept, there };
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
    expect(noticePermission()).toBe("unsupported");
    const refused = stageBrowser("denied");
    expect(await showBrowserNotice({ ...NOTICE, tag: "a", ids: ["a"] })).toBe(false);
    expect([refused.shown, refused.kept.size]).toEqual([[], 0]);
    const { kept } = stageBrowser("granted");
    const ids = Array.from({ length: 520 }, (_, i) => `e${i}`);
    await showBrowserNotice({ ...NOTICE, tag: "e519", ids });
    expect([kept.size, kept.has("/notified/e519")]).toEqual([500, true]);
  });

  it("[UI280] that a correction takes back whole is named so, under its own name and without a sound", async ({
    expect,
  }) => {
    const { there } = stageBrowser("granted");
    const show = async (tag: string, ...ids: readonly string[]): Promise<boolean> =>
      showBrowserNotice({ ...NOTICE, tag, ids });
    await show("a", "a");
    await show("c", "b", "c");
    await show("test");
    there.set("k", { title: "정정", tag: "k", data: { url: "/", ids: ["a"] } });
    await withdrawBrowserNotices(["a", "b"], "취소됨");
    expect([...there].map(([tag, { title, silent }]) => [tag, title, silent])).toEqual([
      ["a", "돌파 확정 · 취소됨", true],
      ["c", "돌파 확정", undefined],
      ["test", "돌파 확정", undefined],
      ["k", "정정", undefined],
    ]);
    expect(there.get("a")?.data).toEqual({ url: "/alerts", ids: ["a"], isOfPage: false });
    stageBrowser("denied");
    await withdrawBrowserNotices(["a"], "취소됨");
  });
});
