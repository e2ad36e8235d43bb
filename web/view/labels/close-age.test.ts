import { describe, it } from "vitest";
import { closeAge } from "./close-age.ts";

describe("age of the closes", () => {
  it("[UI33] counts calendar days in Seoul, and speaks past four", ({ expect }) => {
    const at = (iso: string): number | null => closeAge("2025-06-12", Date.parse(iso));
    expect(at("2025-06-12T18:20:00+09:00")).toBeNull();
    // Thursday's closes on Monday.
    expect(at("2025-06-16T23:59:59+09:00")).toBeNull();
    expect(at("2025-06-17T00:00:00+09:00")).toBe(5);
    expect(at("2025-06-16T15:00:00Z")).toBe(5);
    expect(at("2026-06-12T09:00:00+09:00")).toBe(365);
  });
});
