/**
 * When this device has last shown the list, and what the list was then, so that a page can state what has changed since.
 *
 * A visit lasts as long as the page is looked at again within half an hour: hidden tabs, reloads and a second tab within that
 * time belong to it. What was seen last before a visit began is what the visit is compared with, to its end.
 */
import { type Accessor, createSignal } from "solid-js";
import * as v from "valibot";
import type { Exchange } from "../../../worker/core/instrument/instrument.ts";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import { StateName } from "../../../worker/protocol/vocabulary.ts";
import { readJson, type Shelf, writeShelf } from "./shelf.ts";

/** Unseen for longer than this, and the next look is another visit. */
const VISIT_MS = 30 * 60_000;

/** The list as it was seen. */
const Seen = v.object({
  /** Milliseconds on this device's clock: compared with itself alone. */
  at: v.number(),
  /** The server's time of the list, ISO 8601. */
  as_of: v.string(),
  states: v.record(v.string(), StateName),
});
export type Seen = v.InferOutput<typeof Seen>;

const Visit = v.object({
  /** What the present visit is compared with; `null` in the first one. */
  base: v.nullable(Seen),
  seen: Seen,
});

/** Seconds apart is often enough for a visit of minutes, and a list of 500 is 20 kB of text. */
export const NOTE_MS = 60_000;

export interface Visits {
  /** What was seen at the end of the last visit to this exchange; `null` in the first visit. */
  readonly base: Accessor<Seen | null>;
  /** The reader has the list before him. */
  note(list: { readonly asOf: string; readonly rows: readonly SignalRow[] }): void;
}

/** `now`: milliseconds on the device's clock. */
export function createVisits(shelf: Shelf, now: () => number, exchange: Exchange): Visits {
  const key = `vcp.visit.${exchange}`;
  const load = (): v.InferOutput<typeof Visit> | null => {
    const stored = v.safeParse(Visit, readJson(shelf, key));
    return stored.success ? stored.output : null;
  };
  /** What to compare with: a clock that was set back is no new visit. */
  const baseOf = (known: ReturnType<typeof load>): Seen | null =>
    known === null ? null : now() - known.seen.at > VISIT_MS ? known.seen : known.base;
  const [base, setBase] = createSignal(baseOf(load()), { equals: (a, b) => a?.at === b?.at });
  return {
    base,
    note: ({ asOf, rows }) => {
      const states = Object.fromEntries(rows.map(({ id, state }) => [id, state]));
      // Another tab may have noted since.
      const next = baseOf(load()) ?? base();
      setBase(next);
      writeShelf(shelf, key, JSON.stringify({ base: next, seen: { at: now(), as_of: asOf, states } }));
    },
  };
}
