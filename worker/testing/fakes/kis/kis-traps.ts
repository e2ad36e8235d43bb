/** What goes wrong at the fake of KIS when a test sets it: apart from what the vendor does by itself. */

/** What the test sets; a fresh fake has none of it but the four that the vendor always has. */
export interface KisTraps {
  /** Each so many-th call is refused for its rate below the limit too; 0 for none. */
  refuseEvery: number;
  /** Rows of codes that were not asked, and of another venue, stand among the quotes. */
  foreignRows: boolean;
  /** The key has no right to the interface, or its address is not registered. */
  denied: "EGW00206" | "EGW00303" | null;
  /** The next so many calls are answered with status 500 of the gateway. */
  failing: number;
  /** The answers' own time: the clock moves by so much during each. */
  onCall: (() => void) | null;
  /** Until 09:00 quotes and charts show the session before under the new date. Off: nothing of today. */
  yesterdayBeforeOpen: boolean;
  /** During the closing auction the last trade stands, beside an indicative price. Off: the price of the auction. */
  indicative: boolean;
  /** A chart has the last price of a session until the night after the next day. Off: the regular close at once. */
  nightRevision: boolean;
  /** One row comes as an object. Off: as an array of one. */
  singleObject: boolean;
  /** So many seconds the vendor's clock is before the exchange's, in the header `Date`. */
  clockAheadS: number;
  cut: boolean;
  silent: boolean;
}

export function freshTraps(): KisTraps {
  return {
    refuseEvery: 0,
    foreignRows: false,
    denied: null,
    failing: 0,
    onCall: null,
    yesterdayBeforeOpen: true,
    indicative: true,
    nightRevision: true,
    singleObject: true,
    clockAheadS: 0,
    cut: false,
    silent: false,
  };
}
