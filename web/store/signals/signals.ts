/** The active exchange's signals: REST first, then every change as it is published; and what changed since the last scan. */
import { type Accessor, createMemo, createSignal, untrack } from "solid-js";
import { exchangeOf } from "../../../worker/core/instrument/exchange-profile.ts";
import type { Exchange } from "../../../worker/core/instrument/instrument.ts";
import type { SignalUpdate } from "../../../worker/protocol/messages/stream-update.ts";
import { SignalsBody } from "../../../worker/protocol/rest/signal-list.ts";
import type { ActiveExchange } from "../exchange.ts";
import { fetchJson } from "../fetch-json.ts";
import type { LiveConnection } from "../live-socket.ts";
import { createLoading, type Remote } from "../remote.ts";
import {
  applyUpdate,
  countChanges,
  listOfBody,
  NO_CHANGES,
  type SignalChange,
  type SignalChanges,
  type SignalList,
} from "./signal-list.ts";

const PER_PAGE = 100;
/** As many signals as a snapshot of the stream (WS9: 500); the rest is counted, not listed. */
const MAX_PAGES = 5;

/** The list as the page shows it, with what moved in it. */
export interface Signals extends Remote<SignalsBody> {
  /** Since the last scan that a message named, in the order of their last movement. */
  readonly changes: Accessor<readonly SignalChange[]>;
  /** That scan; `null` before the first message of one. REST may not have it yet. */
  readonly lastRunId: Accessor<string | null>;
}

interface SignalState {
  readonly list: Accessor<SignalList | null>;
  readonly changes: Accessor<SignalChanges>;
  apply(update: SignalUpdate): void;
  replace(list: SignalList): void;
  clear(): void;
}

function createSignalState(exchange: ActiveExchange): SignalState {
  const [list, setList] = createSignal<SignalList | null>(null);
  const [changes, setChanges] = createSignal<SignalChanges>(NO_CHANGES);
  return {
    list,
    changes,
    apply: (update) => {
      // Before the new rows: the switch of the exchange clears this store too.
      const found = exchangeOf(update.data.signals[0]?.ticker ?? "");
      if (found !== null) {
        exchange.learn(found);
      }
      const before = untrack(list);
      // Without a list the change is dropped: the answer of REST on its way has it.
      if (before !== null || update.snapshot === true) {
        const after = applyUpdate(before, update);
        setChanges((known) => countChanges(known, before, after, update.data.run_id));
        setList(after);
      }
    },
    replace: setList,
    clear: () => {
      setList(null);
      setChanges(NO_CHANGES);
    },
  };
}

/** All pages as one, of one exchange. A signal that moved from page to page meanwhile is here once, as it came last. */
async function fetchSignals(abort: AbortSignal, place = "", pages = MAX_PAGES): Promise<SignalsBody> {
  const page = await fetchJson(`/api/kr/signals?limit=${PER_PAGE}${place}`, SignalsBody, abort);
  if (page.next_cursor === null || pages === 1) {
    return page;
  }
  const next = `&exchange=${page.exchange}&cursor=${encodeURIComponent(page.next_cursor)}`;
  const rest = await fetchSignals(abort, next, pages - 1);
  const rows = new Map([...page.signals, ...rest.signals].map((row) => [row.id, row]));
  return { ...rest, signals: [...rows.values()] };
}

/** REST first, so that a page has rows before its socket is open; from the first snapshot on the stream decides. */
export function createSignals(live: LiveConnection, exchange: ActiveExchange): Signals {
  const state = createSignalState(exchange);
  /** The list is the stream's, so a page of REST is no newer. */
  let isLive = false;
  const subscription = live.listen("signal:vcp", {
    message: (update) => {
      if (update.type === "signal_update") {
        state.apply(update);
        isLive ||= update.snapshot === true;
      }
    },
    // What is shown stays until its replacement is here; REST names the exchange.
    reset: () => {
      isLive = false;
      void loading.reload();
    },
  });
  const loading = createLoading(
    async (abort) => fetchSignals(abort),
    (body) => {
      exchange.learn(body.exchange);
      if (!isLive || !subscription.isCurrent()) {
        isLive = false;
        state.replace(listOfBody(body));
        // The next messages of the stream do not continue a page of REST, a snapshot does.
        subscription.renew();
      }
    },
  );
  live.poll(loading);
  exchange.onDoubt(() => void loading.reload());
  exchange.onSwitch(() => {
    isLive = false;
    state.clear();
    void loading.reload();
  });
  const value = createMemo(() => bodyOf(state.list(), exchange.active()));
  return {
    value,
    changes: () => [...state.changes().byId.values()],
    lastRunId: createMemo(() => state.changes().runId),
    ...loading,
  };
}

function bodyOf(list: SignalList | null, exchange: Exchange | null): SignalsBody | null {
  return list === null || exchange === null
    ? null
    : {
        exchange,
        signals: [...list.rows.values()],
        count: list.count,
        generated_at: list.at,
        next_cursor: null,
      };
}
