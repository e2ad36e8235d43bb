import { describe, it } from "vitest";
import { createSavedViews, MAX_NAME, MAX_VIEWS } from "./saved-views.ts";
import type { Shelf } from "./shelf.ts";

function shelfOf(text: string | null = null): Shelf {
  const kept = new Map(text === null ? [] : [["vcp.views", text]]);
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
}

describe("saved views", () => {
  it("[UI123] keeps a view under its name, renames and deletes it, in the order of saving", ({ expect }) => {
    const shelf = shelfOf();
    const views = createSavedViews(shelf);
    expect(views.save({ name: "  아침   점검 ", search: "?state=ready" })).toBe("saved");
    expect(views.save({ name: "Squats", search: "?state=squat" })).toBe("saved");
    expect(views.save({ name: "아침 점검", search: "?rs=90" })).toBe("saved");
    expect(views.all()).toEqual([
      { name: "아침 점검", search: "?rs=90" },
      { name: "Squats", search: "?state=squat" },
    ]);
    expect(views.rename("아침 점검", "Morning")).toBe("saved");
    expect(views.rename("Squats", "Morning")).toBe("taken");
    expect(views.rename("Squats", " Squats ")).toBe("saved");
    views.remove("Squats");
    expect(createSavedViews(shelf).all()).toEqual([{ name: "Morning", search: "?rs=90" }]);
  });

  it("[UI123] keeps at most twenty and no nameless one, and changes nothing when it refuses", ({
    expect,
  }) => {
    const views = createSavedViews(shelfOf());
    for (let i = 0; i < MAX_VIEWS; i++) {
      expect(views.save({ name: `view ${i}`, search: "" })).toBe("saved");
    }
    expect(views.save({ name: "one more", search: "" })).toBe("full");
    expect(views.save({ name: "view 3", search: "?rs=80" })).toBe("saved");
    expect([views.save({ name: " \t", search: "" }), views.rename("view 1", "")]).toEqual([
      "nameless",
      "nameless",
    ]);
    expect(views.all()).toHaveLength(MAX_VIEWS);
    views.remove("view 0");
    expect(views.save({ name: "가".repeat(200), search: "" })).toBe("saved");
    expect(views.all().at(-1)?.name).toBe("가".repeat(MAX_NAME));
  });

  it("[UI123] loses no view of another tab", ({ expect }) => {
    const shelf = shelfOf();
    const [here, there] = [createSavedViews(shelf), createSavedViews(shelf)];
    const namesOf = (): readonly string[] =>
      createSavedViews(shelf)
        .all()
        .map(({ name }) => name);
    here.save({ name: "A", search: "" });
    there.save({ name: "B", search: "" });
    expect(namesOf()).toEqual(["A", "B"]);
    expect(here.rename("A", "B")).toBe("taken");
    there.save({ name: "C", search: "" });
    here.rename("A", "D");
    there.remove("B");
    expect(namesOf()).toEqual(["D", "C"]);
    const refusing = createSavedViews({
      getItem: () => null,
      setItem: () => {
        throw new Error("denied");
      },
    });
    refusing.save({ name: "A", search: "" });
    refusing.save({ name: "B", search: "" });
    expect(refusing.all().map(({ name }) => name)).toEqual(["A", "B"]);
  });

  it("[UI123] takes nothing from the storage that is no view", ({ expect }) => {
    const good = { name: "good", search: "?rs=80" };
    const text = JSON.stringify([
      null,
      7,
      { name: 1, search: "" },
      { name: "", search: "" },
      { name: "long", search: "x".repeat(301) },
      good,
      { ...good, search: "?rs=90", onload: "x" },
    ]);
    expect(createSavedViews(shelfOf(text)).all()).toEqual([{ name: "good", search: "?rs=90" }]);
    expect(createSavedViews(shelfOf("{")).all()).toEqual([]);
  });
});
