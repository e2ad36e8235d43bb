/** All that a list of signals is drawn with, of either form: one file that loads beside the first answer. */
export { FilterBar } from "./filter-bar.tsx";
export { SignalCardList, SortSelect } from "./signal-card-list.tsx";
export { SignalTable } from "./signal-table.tsx";
