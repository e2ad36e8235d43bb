/** The indices: the stored closes first, each with its day, then their live values. */
import { createSignal } from "solid-js";
import type { IndexUpdate } from "../../worker/protocol/live-update.ts";
import { type IndexQuote, IndicesBody } from "../../worker/protocol/quote.ts";
import type { ActiveExchange } from "./exchange.ts";
import { fetchJson } from "./fetch-json.ts";
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

export interface IndexValues {
  readonly indices: readonly IndexValue[];
}

/** What the stream calls a stored close. It does not say of which day; REST does. */
const CLOSES = "closes";

const CODES: readonly IndexValue["code"][] = ["KOSPI", "KOSDAQ"];

function valueOf({ code, data, timestamp, source }: IndexUpdate): IndexValue {
  return {
    ...data,
    code,
    at: timestamp,
    as_of: timestamp.slice(0, "2025-06-17".length),
    stale: false,
    source,
  };
}

/** Whether the close that is told is another than the one that is known. The stream rounds to two decimals. */
function isOther(known: IndexValues | null, { code, data }: IndexUpdate): boolean {
  const shown = known?.indices.find((one) => one.code === code);
  return shown !== undefined && Math.abs(shown.index - data.index) > 0.01;
}

export function createIndices(live: LiveConnection, exchange: ActiveExchange): Remote<IndexValues> {
  const [value, setValue] = createSignal<IndexValues | null>(null);

  /** The newest of each code, in the order of `CODES`. */
  function merge(next: readonly IndexValue[]): void {
    setValue((before) => {
      const byCode = new Map([...(before?.indices ?? []), ...next].map((one) => [one.code, one]));
      return { indices: CODES.flatMap((code) => byCode.get(code) ?? []) };
    });
  }
  for (const code of CODES) {
    live.listen(`index:${code}`, {
      message: (update) => {
        if (update.type !== "index_update") {
          return;
        }
        if (update.source !== CLOSES) {
          merge([valueOf(update)]);
        } else if (isOther(value(), update)) {
          void loading.reload();
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
      const isLive = new Map((value()?.indices ?? []).map(({ code, at }) => [code, at !== null]));
      merge(
        body.indices.filter(({ code }) => isLive.get(code) !== true).map((quote) => ({ ...quote, at: null })),
      );
    },
  );
  exchange.onSwitch(() => {
    setValue(null);
    void loading.reload();
  });
  return { value, ...loading };
}
