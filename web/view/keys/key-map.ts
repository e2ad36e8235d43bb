/** Every key of the pages: the table that the overlay shows, and the names that a page may bind. */

/** Where the keys of a group act. */
export type KeyPlace = "everywhere" | "list" | "flip" | "chart";

/** In the order of the overlay. `keys` are as they are shown, `binds` as {@link keyName} names them. */
export const KEY_MAP = [
  { place: "list", label: "rows", keys: ["j", "k", "↓", "↑"], binds: ["j", "k"] },
  { place: "list", label: "open", keys: ["Enter"], binds: [] },
  { place: "list", label: "preview", keys: ["Space"], binds: ["Space"] },
  { place: "list", label: "sort", keys: ["s"], binds: ["s"] },
  { place: "flip", label: "next", keys: ["]", "Space"], binds: ["]"] },
  { place: "flip", label: "previous", keys: ["["], binds: ["["] },
  { place: "flip", label: "back", keys: ["Esc"], binds: ["Escape"] },
  { place: "flip", label: "star", keys: ["w"], binds: ["w"] },
  { place: "flip", label: "alert", keys: ["a"], binds: ["a"] },
  { place: "chart", label: "table", keys: ["t"], binds: ["t"] },
  { place: "chart", label: "bars", keys: ["d", "W"], binds: ["d", "W"] },
  { place: "chart", label: "scale", keys: ["l"], binds: ["l"] },
  { place: "chart", label: "cursor", keys: ["←", "→", "+", "-"], binds: [] },
  { place: "everywhere", label: "search", keys: ["/"], binds: ["/"] },
  { place: "everywhere", label: "pause", keys: ["p"], binds: ["p"] },
  { place: "everywhere", label: "goDashboard", keys: ["g d"], binds: ["g d"] },
  { place: "everywhere", label: "goWatch", keys: ["g w"], binds: ["g w"] },
  { place: "everywhere", label: "goRuns", keys: ["g r"], binds: ["g r"] },
  { place: "everywhere", label: "goPerformance", keys: ["g p"], binds: ["g p"] },
  { place: "everywhere", label: "goStatus", keys: ["g s"], binds: ["g s"] },
  { place: "everywhere", label: "goAlerts", keys: ["g a"], binds: ["g a"] },
  { place: "everywhere", label: "help", keys: ["?"], binds: ["?"] },
] as const satisfies readonly {
  place: KeyPlace;
  label: string;
  keys: readonly string[];
  binds: readonly string[];
}[];

/** A key, or two in a row, that a page may bind: a key outside of the table does not compile. */
export type KeyName = (typeof KEY_MAP)[number]["binds"][number];

export type KeyLabel = (typeof KEY_MAP)[number]["label"];
