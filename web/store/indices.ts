/** The indices: what REST knows first, each with its day, then their live values. */
import { createSignal } from "solid-js";
import { INDEX_CODES } from "../../worker/core/instrument/instrument.ts";
import type { IndexUpdate } from "../../worker/protocol/messages/live-update.ts";
import { type IndexQuote, IndicesBody } from "../../worker/protocol/rest/quote.ts";
import type { ActiveExchange } from "./exchange.ts";
import { fetchJson } from "./fetch-json.ts";
import { mayReplace } from "./live-price.ts";
import type { LiveConnection } from "./live-socket.ts";
import { createLoading, type Remote } from "./remote.ts";

/** Changes are against the previous close, `change_rate` in per cent. */
export interface IndexValue {
  readonly code: IndexQuote["code"];
  readonly index: number;
  readonly change: number | null;
  readonly change_rate: number | null;
  readonly volume: number | null;
  /** The instant of a live value; `null` for a stored close. */
  readonly at: string | null;
  readonly as_of: string;
  readonly stale: boolean;
  readonly source: string;
}

/** In the order of `INDEX_CODES`; an index without a value is absent. */
export interface IndexValues {
  readonly indices: readonly IndexValue[];
}

/** The source that the stream names for a stored close: sent live, and still no live value. */
const CLOSES = "closes";

function valueOf({ code, as_of, data, timestamp, source }: IndexUpdate): IndexValue {
  return {
    ...data,
    code,
    at: source === CLOSES ? null : timestamp,
    as_of,
    stale: false,
    source,
  };
}

function valueOfQuote({ timestamp, ...quote }: IndexQuote): IndexValue {
  return { ...quote, at: timestamp };
}

/** Follows the active exchange; an older value never replaces a newer one. */
export function createIndices(live: LiveConnection, exchange: ActiveExchange): Remote<IndexValues> {
  const [value, setValue] = createSignal<IndexValues | null>(null);

  /** The newest of each code, in the order of `INDEX_CODES`. */
  function merge(next: readonly IndexValue[]): void {
    setValue((before) => {
      const byCode = new Map([...(before?.indices ?? []), ...next].map((one) => [one.code, one]));
      return { indices: INDEX_CODES.flatMap((code) => byCode.get(code) ?? []) };
    });
  }
  for (const code of INDEX_CODES) {
    live.listen(`index:${code}`, {
      message: (update) => {
        if (update.type === "index_update" && exchange.accepts(update.exchange)) {
          merge([valueOf(update)]);
        }
      },
    });
  }
  const loading = createLoading(
    async (abort) => fetchJson("/api/kr/indices", IndicesBody, abort),
    (body) => {
      if (!exchange.accepts(body.exchange)) {
        return;
      }
      // One close may take the place of another, whatever its day: the book may have been corrected.
      const newest = new Map(
        (value()?.indices ?? []).filter(({ at }) => at !== null).map((one) => [one.code, one]),
      );
      merge(
        body.indices.map(valueOfQuote).filter((next) => {
          const before = newest.get(next.code);
          return before === undefined || mayReplace(before, next);
        }),
      );
    },
  );
  live.poll(loading);
  exchange.onSwitch(() => {
    setValue(null);
    void loading.reload();
  });
  return { value, ...loading };
}
