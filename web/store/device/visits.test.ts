import { describe, it } from "vitest";
import { ROWS } from "../../e2e/stub-signals.ts";
import type { Shelf } from "./shelf.ts";
import { createVisits } from "./visits.ts";

const MINUTE = 60_000;

function device(): { readonly shelf: Shelf; readonly clock: { now: number } } {
  const kept = new Map<string, string>();
  const shelf: Shelf = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
  };
  return { shelf, clock: { now: 1_000_000_000 } };
}

const listAt = (asOf: string) => ({ asOf, rows: ROWS.slice(0, 2) });

describe("visits", () => {
  it("[UI125] compares with what was seen last before an absence of half an hour, to the end of the visit", ({
    expect,
  }) => {
    const { shelf, clock } = device();
    const open = () => createVisits(shelf, () => clock.now, "KRX");
    const first = open();
    expect(first.base()).toBeNull();
    first.note(listAt("2025-06-12T15:40:00+09:00"));
    clock.now += 20 * MINUTE;
    first.note(listAt("2025-06-12T16:00:00+09:00"));
    expect(first.base()).toBeNull();

    clock.now += 31 * MINUTE;
    const next = open();
    expect(next.base()?.as_of).toBe("2025-06-12T16:00:00+09:00");
    expect(next.base()?.states).toEqual({ "sig-005930": "READY", "sig-042700": "READY" });
    // Reloads, a hidden tab and a second tab within half an hour belong to the visit.
    for (const time of ["17", "18", "19"]) {
      next.note(listAt(`2025-06-12T${time}:00:00+09:00`));
      clock.now += 29 * MINUTE;
      expect(open().base()?.as_of, time).toBe("2025-06-12T16:00:00+09:00");
    }
  });

  it("[UI125] begins a visit in a tab that was hidden for longer, with what that tab had shown last", ({
    expect,
  }) => {
    const { shelf, clock } = device();
    const visits = createVisits(shelf, () => clock.now, "KRX");
    visits.note(listAt("2025-06-12T15:40:00+09:00"));
    clock.now += 90 * MINUTE;
    visits.note(listAt("2025-06-12T17:10:00+09:00"));
    expect(visits.base()?.as_of).toBe("2025-06-12T15:40:00+09:00");
    clock.now += MINUTE;
    visits.note(listAt("2025-06-12T17:11:00+09:00"));
    expect(visits.base()?.as_of).toBe("2025-06-12T15:40:00+09:00");
  });

  it("[UI125] knows the visits to one exchange from those to another, and takes a clock that went back for no visit", ({
    expect,
  }) => {
    const { shelf, clock } = device();
    createVisits(shelf, () => clock.now, "DEMO").note(listAt("2025-06-12T15:40:00+09:00"));
    clock.now += 60 * MINUTE;
    expect(createVisits(shelf, () => clock.now, "KRX").base()).toBeNull();
    clock.now -= 600 * MINUTE;
    expect(createVisits(shelf, () => clock.now, "DEMO").base()).toBeNull();
  });

  it("[UI4] takes text in the storage that is no visit for a first one", ({ expect }) => {
    for (const text of ["{", "7", '{"base":null,"seen":{"at":"x"}}', '{"base":1,"seen":null}']) {
      const shelf: Shelf = { getItem: () => text, setItem: () => undefined };
      expect(createVisits(shelf, () => 0, "KRX").base(), text).toBeNull();
    }
  });
});
