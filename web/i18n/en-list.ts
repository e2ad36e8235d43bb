/** English texts of the chips, the order and the marks of the list. */
import type { koList } from "./ko-list.ts";

export const enList: typeof koList = {
  pickViews: "View",
  pickActionable: "Actionable",
  pickActionableHint: "Near the pivot, or triggered or broken out today; any grade but D",
  pickAll: "All",
  pickToday: "Triggered today",
  pickTodayHint: "Touched the pivot or broke out in the current session, or in the last one scanned",
  pickEarlier: "Earlier breakouts",
  pickMarket: "Market",
  pickMine: "This device",
  pickNew: "New",
  pickNewHint: "New since your last visit on this device",
  pickStarred: "Starred",
  starOf: (name) => `Star ${name}`,

  colForm: "Form",
  colFormHint: "Grade and score (of 100) of the form. Each state has a highest grade.",
  formCap: (grade) => `max ${grade}`,
  formCapHint: (state, grade) => `Whatever the score, "${state}" is capped at grade ${grade}.`,

  sortLabel: "Sort by",
  sortAscending: "Ascending",
  sortDescending: "Descending",

  viewsOpen: "Saved views",
  viewsCopy: "Copy link",
  viewsCopied: "Copied",

  besideOpen: "Open chart beside",
  besideClose: "Close chart",
};
