import { describe, it } from "vitest";
import { outcomeOfStatus } from "./send-outcome.ts";

const NOW = Date.UTC(2026, 10, 30, 1, 15);

function afterMs(text: string | null): number | null {
  const headers = new Headers(text === null ? {} : { "retry-after": text });
  const outcome = outcomeOfStatus({ status: 503, headers }, "it", NOW);
  return outcome.kind === "retry" ? outcome.afterMs : Number.NaN;
}

describe("what the status of an answer means", () => {
  it("[AL46] of every status", ({ expect }) => {
    const kinds = new Map<string, number[]>();
    for (let status = 200; status < 600; status++) {
      const { kind } = outcomeOfStatus({ status, headers: new Headers() }, "it", NOW);
      kinds.set(kind, [...(kinds.get(kind) ?? []), status]);
    }
    const range = (from: number, until: number) => Array.from({ length: until - from }, (_, i) => from + i);
    expect(kinds.get("sent")).toEqual(range(200, 300));
    expect(kinds.get("retry")).toEqual([408, 425, 429, ...range(500, 600)]);
    expect([...kinds.keys()].toSorted()).toEqual(["refused", "retry", "sent"]);
  });

  it("[AL46] Retry-After in seconds or as a date, at most a day, and nothing of what cannot be read", ({
    expect,
  }) => {
    expect(afterMs(null)).toBeNull();
    expect(afterMs("0")).toBe(0);
    expect(afterMs("120")).toBe(120_000);
    expect(afterMs("1.25")).toBe(1_250);
    expect(afterMs("86401")).toBe(86_400_000);
    expect(afterMs("999999999999999999999")).toBeNull();
    expect(afterMs("Mon, 30 Nov 2026 01:16:30 GMT")).toBe(90_000);
    expect(afterMs("Mon, 30 Nov 2026 01:00:00 GMT"), "past").toBe(0);
    expect(afterMs("Mon, 30 Nov 2027 01:00:00 GMT")).toBe(86_400_000);
    for (const text of ["soon", "-5", "-1x", "", "1.5.1", "1e3", "2026-11-30"]) {
      expect(afterMs(text), text).toBeNull();
    }
  });
});
