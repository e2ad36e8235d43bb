/** What this browser keeps of its reader without an account: stars, visits and views of the list. */
import type { Exchange } from "../../../worker/core/instrument/instrument.ts";
import { followTabs } from "./place.ts";
import type { Shelf } from "./shelf.ts";
import { createStars, type Stars } from "./stars.ts";
import { createVisits, type Visits } from "./visits.ts";

/** One for the page. */
export interface Device {
  readonly shelf: Shelf;
  readonly stars: Stars;
  /** One for each exchange. */
  visits(exchange: Exchange): Visits;
}

export function createDevice(shelf: Shelf): Device {
  const visits = new Map<Exchange, Visits>();
  return {
    shelf,
    stars: createStars(shelf, followTabs, () => new Date().toISOString()),
    visits: (exchange) => {
      const known = visits.get(exchange) ?? createVisits(shelf, () => Date.now(), exchange);
      visits.set(exchange, known);
      return known;
    },
  };
}
