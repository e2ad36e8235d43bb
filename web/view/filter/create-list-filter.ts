/** The chosen list as the page has it: the choice stands in the address, the rows and the numbers on the chips follow it. */
import { useLocation, useNavigate } from "@solidjs/router";
import { type Accessor, createComputed, createMemo, createSignal, on, untrack } from "solid-js";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import { type FilterFacts, type Filtered, filterRows } from "./list-filter.ts";
import { decodeQuery, encodeQuery, type ListQuery } from "./list-query.ts";

/** The list that was shown last, as it stands in the address, for the ways back to it and from it. */
const [listSearch, setListSearch] = createSignal("");
export { listSearch };

export interface ListFilter {
  readonly query: Accessor<ListQuery>;
  /** As it stands in the address. */
  readonly search: Accessor<string>;
  readonly filtered: Accessor<Filtered<SignalRow>>;
  /** Takes the place of the present entry: the way back leaves the list, and does not undo chip by chip. */
  choose(change: Partial<ListQuery>): void;
}

export function createListFilter(rows: Accessor<readonly SignalRow[]>, facts: FilterFacts): ListFilter {
  const location = useLocation();
  const navigate = useNavigate();
  const [query, setQuery] = createSignal(decodeQuery(location.search));
  const search = createMemo(() => encodeQuery(query()));
  createComputed(
    on(
      () => (location.pathname === "/" ? location.search : untrack(listSearch)),
      (found) => {
        // The router follows a press a moment later, when another may have come; on the way to another page the choice stays.
        if (found !== listSearch()) {
          setQuery(decodeQuery(found));
        }
      },
      { defer: true },
    ),
  );
  createComputed(() => {
    setListSearch(search());
  });
  return {
    query,
    search,
    filtered: createMemo(() => filterRows(rows(), query(), facts)),
    choose: (change) => {
      setQuery((before) => ({ ...before, ...change }));
      navigate(`/${listSearch()}`, { replace: true, scroll: false });
    },
  };
}
