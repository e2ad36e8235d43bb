import { describe, it } from "vitest";
import type { Shelf } from "./device/shelf.ts";
import { createPreferences } from "./preferences.ts";

const broken: Shelf = {
  getItem: () => {
    throw new Error("denied");
  },
  setItem: () => {
    throw new Error("full");
  },
};

describe("preferences", () => {
  it("[UI4] lets a choice hold for the visit when storage throws", ({ expect }) => {
    const preferences = createPreferences(broken, ["en-US"]);
    expect(preferences.locale()).toBe("en");
    expect(preferences.theme()).toBe("system");
    preferences.setLocale("ko");
    preferences.setTheme("dark");
    expect([preferences.locale(), preferences.theme()]).toEqual(["ko", "dark"]);
  });

  it("[UI14] reads back what it wrote, and takes an unknown theme as the system's", ({ expect }) => {
    const shelf = new Map<string, string>([["vcp.theme", "sepia"]]);
    const storage: Shelf = {
      getItem: (key) => shelf.get(key) ?? null,
      setItem: (key, value) => shelf.set(key, value),
    };
    const first = createPreferences(storage, ["ko"]);
    expect(first.theme()).toBe("system");
    first.setLocale("en");
    first.setTheme("light");
    first.setPalette("safe");
    first.setKeys(false);
    expect([first.codeFirst(), first.beside()]).toEqual([false, true]);
    first.setCodeFirst(true);
    first.setBeside(false);
    const second = createPreferences(storage, ["ko"]);
    const { locale, theme, palette, keys, codeFirst, beside } = second;
    expect([locale(), theme(), palette(), keys(), codeFirst(), beside()]).toEqual([
      "en",
      "light",
      "safe",
      false,
      true,
      false,
    ]);
  });
});
