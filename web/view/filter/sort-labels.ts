/** The names of the columns that sort, in the reader's language. */
import type { Dictionary } from "../../i18n/ko.ts";
import type { SortKey } from "./list-query.ts";

export const SORT_LABELS = {
  name: "colName",
  state: "colState",
  form: "colForm",
  distance: "colDistance",
  price: "colPrice",
  change: "colChange",
  pivot: "colPivot",
  stop: "colStop",
  risk: "colRisk",
  footprint: "colFootprint",
  dryup: "colDryUp",
  rs: "colRs",
} as const satisfies Readonly<Record<SortKey, keyof Dictionary>>;
