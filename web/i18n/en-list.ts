/** English texts of the chips, the order and the marks of the list. */
import type { koList } from "./ko-list.ts";

export const enList: typeof koList = {
  pickViews: "Sets",
  pickActionable: "Actionable",
  pickActionableHint: "Near the pivot, or touched or broken out today, of any grade but D",
  pickAll: "All",
  pickToday: "Triggered today",
  pickTodayHint: "Touched the pivot or broke out in the running session, or in the last one scanned",
  pickEarlier: "Earlier breakouts",
  pickMarket: "Market",
  pickMine: "This device",
  pickNew: "New to you",
  pickNewHint: "Signals since this device last saw the list",
  pickStarred: "Starred",
  starOf: (name) => `Star ${name}`,

  colForm: "Form",
  colFormHint: "Grade and score (of 100) of the form. Each state has a highest grade.",
  formCap: (grade) => `max ${grade}`,
  formCapHint: (state, grade) => `Whatever the score, the highest grade in the state "${state}" is ${grade}.`,

  sortLabel: "Sort by",
  sortAscending: "Ascending",
  sortDescending: "Descending",

  filterEmptyTitle: "No signal matches these filters",
  filterEmptyText: "Lifting one of them shows:",
  filterLift: (name, n) => `Lift ${name}: ${n}`,
  filterShowAll: (n) => `Show all: ${n}`,

  viewsOpen: "Saved views",
  viewsCopy: "Copy link",
  viewsCopied: "Copied",
};
