/** Flipping through the list on the page of a signal: the order in which the list was shown, and the way to the next page. */
import { useLocation, useNavigate } from "@solidjs/router";
import { type Accessor, createMemo, createSignal } from "solid-js";
import { useApp } from "../app-context.tsx";
import { listSearch } from "../filter/create-list-filter.ts";
import { filterRows } from "../filter/list-filter.ts";
import { decodeQuery } from "../filter/list-query.ts";
import { sortedIds } from "../filter/list-sort.ts";
import { createFacts } from "../list/list-parts.ts";
import { useMarket } from "../market-context.tsx";
import { createFirstPrices } from "./first-prices.ts";
import { listSearchOf, shownList, STEPPED } from "./flip-list.ts";
import { type Flip, placeIn } from "./flip-place.ts";

/** The list that the address names, as the address of the list. */
export function createNamedList(): Accessor<string> {
  const location = useLocation();
  return createMemo(() => listSearchOf(location.search) ?? listSearch());
}

/** The order as it was shown; where another page was opened first, as the list would show it. */
function createOrder(search: Accessor<string>): Accessor<readonly string[]> {
  const { naming } = useApp();
  const { exchange, signals } = useMarket();
  const facts = createFacts();
  /** Read anew each time: a step notes the order, and from then on that is it. */
  const noted = (): readonly string[] => shownList.idsOf(exchange.active(), search()) ?? [];
  const rows = createMemo(() => {
    const list = signals.value();
    return list === null || noted().length > 0
      ? null
      : filterRows(list.signals, decodeQuery(search()), facts).rows;
  });
  const priceOf = createFirstPrices(rows, exchange);
  return createMemo<readonly string[]>(() => {
    const known = rows();
    return known === null || noted().length > 0
      ? noted()
      : sortedIds(known, decodeQuery(search()).sort, priceOf, (row) => naming(row).name);
  });
}

/** `id`: of the page that is open. */
export function createPageFlip(id: Accessor<string | null>): Flip {
  const location = useLocation();
  const navigate = useNavigate();
  const { exchange } = useMarket();
  const search = createNamedList();
  const ids = createOrder(search);
  const place = createMemo(() => placeIn(ids(), id()));
  const [steps, setSteps] = createSignal(0);
  return {
    id,
    ids,
    place,
    steps,
    step: (by) => {
      const next = by === 1 ? place().next : place().previous;
      if (next === null) {
        return false;
      }
      // From the first step on the order stays, as if the list had been shown.
      shownList.note({ exchange: exchange.active(), search: search(), ids: ids() });
      // In place of the present entry: the way back leads to the list, and not through what was flipped.
      navigate(`/signals/${encodeURIComponent(next)}${location.search}`, {
        replace: true,
        scroll: false,
        state: STEPPED,
      });
      setSteps((count) => count + 1);
      return true;
    },
  };
}
