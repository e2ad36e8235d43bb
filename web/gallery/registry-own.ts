/** The entries of what a reader keeps on the device: lists, notes, and the data of it. */

export const OWN_PARTS = [
  {
    id: "flip",
    title: "Through the list",
    files: ["flip/flip-bar.tsx"],
    states: ["first", "middle", "last", "outside", "alone"],
  },
  {
    id: "own",
    title: "Lists and note of a stock",
    files: [
      "part/watch/own-card.tsx",
      "part/watch/add-to-list.tsx",
      "part/watch/list-name-form.tsx",
      "part/ui/name-form.tsx",
      "part/watch/stock-note.tsx",
      "part/watch/star-note.tsx",
    ],
    states: ["plain", "lists", "note", "not-kept", "stars-full", "stars-not-kept"],
  },
  {
    id: "watch",
    title: "Lists of the device",
    files: [
      "part/watch/add-stock.tsx",
      "part/watch/export-dialog.tsx",
      "part/watch/import-dialog.tsx",
      "part/watch/import-preview.tsx",
      "part/watch/stock-dialog.tsx",
      "part/watch/watch-cells.tsx",
      "part/watch/watch-head.tsx",
      "part/watch/watch-rows.tsx",
    ],
    states: ["filled", "empty", "gone", "found", "create", "stock", "paste", "export"],
  },
  {
    id: "device",
    title: "Data of the device",
    files: ["part/settings/device-settings.tsx"],
    states: ["plain", "import", "refused"],
  },
] as const;
