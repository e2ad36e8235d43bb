/** What an application makes of a stream of signals, as plainly as possible, and a record of every place it was given. */
import type { SignalRow } from "../../worker/protocol/signal-row.ts";
import type { TopicListener, Update } from "./update.ts";

export interface Mirror {
  readonly rows: Map<string, SignalRow>;
  readonly places: { readonly epoch: string; readonly seq: number; readonly snapshot: boolean }[];
  level: number | null;
  readonly prices: Map<string, number>;
  /** For `signal:vcp`; the other topics take its `message` alone. */
  readonly listener: TopicListener;
}

export function makeMirror(): Mirror {
  const mirror: Mirror = {
    rows: new Map(),
    places: [],
    level: null,
    prices: new Map(),
    listener: {
      message: (update) => {
        reflect(mirror, update);
      },
      // Nothing may be built on what was there before: the next place is a snapshot, or the first of its epoch.
      reset: () => {
        mirror.places.push({ epoch: "reset", seq: 0, snapshot: true });
      },
    },
  };
  return mirror;
}

function reflect(mirror: Mirror, update: Update): void {
  if (update.type === "signal_update") {
    const { epoch, seq, snapshot, data } = update;
    mirror.places.push({ epoch, seq, snapshot: snapshot === true });
    if (snapshot === true) {
      mirror.rows.clear();
    }
    data.signals.forEach((row) => mirror.rows.set(row.id, row));
    data.removed.forEach((id) => mirror.rows.delete(id));
  } else if (update.type === "market_gate_update") {
    mirror.level = update.data.level;
  } else if (update.type === "price_update") {
    mirror.prices.set(update.ticker, update.data.price);
  }
}
