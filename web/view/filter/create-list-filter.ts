/** The chosen list as the page has it: the choice stands in the address, the rows and the numbers on the chips follow it. */
import { useLocation, useNavigate } from "@solidjs/router";
import { type Accessor, createComputed, createMemo, createSignal, on } from "solid-js";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import { type FilterFacts, type Filtered, filterRows } from "./list-filter.ts";
import { decodeQuery, encodeQuery, type ListQuery } from "./list-query.ts";

/** The list that was shown last, for the ways back to it. */
let lastSearch = "";

/** The address of the list as it was left. */
export function listHref(): string {
  return `/${lastSearch}`;
}

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
      () => (location.pathname === "/" ? location.search : lastSearch),
      (found) => {
        // The router follows a press a moment later, when another may have come; on the way to another page the choice stays.
        if (found !== lastSearch) {
          setQuery(decodeQuery(found));
        }
      },
      { defer: true },
    ),
  );
  createComputed(() => {
    lastSearch = search();
  });
  return {
    query,
    search,
    filtered: createMemo(() => filterRows(rows(), query(), facts)),
    choose: (change) => {
      setQuery((before) => ({ ...before, ...change }));
      navigate(listHref(), { replace: true, scroll: false });
    },
  };
}
