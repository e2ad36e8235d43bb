/** One list of stocks of this device, with what is known of each: price, signal, note. */
import { useLocation } from "@solidjs/router";
import { createEffect, createSignal, type JSX, Show } from "solid-js";
import { STARRED } from "../../store/watch/watch-list.ts";
import { useApp } from "../app-context.tsx";
import { createMediaMatch, WIDE_TABLE } from "../environment.ts";
import { listLabel, useWatchTexts } from "../labels/watch-texts.ts";
import { AddStock } from "../part/watch/add-stock.tsx";
import { StockDialog } from "../part/watch/stock-dialog.tsx";
import { WatchHead } from "../part/watch/watch-head.tsx";
import { WatchCards, WatchTable } from "../part/watch/watch-rows.tsx";
import { createWatch, type Watch } from "../watch/create-watch.ts";

/** What was done last, with the way back, and what the reader should know of the storage. */
function Notices(props: { watch: Watch }): JSX.Element {
  const texts = useWatchTexts();
  const isAside = (): boolean => props.watch.lists.isAside() || props.watch.notes.isAside();
  return (
    <>
      <output classList={{ notice: props.watch.done() !== null }}>
        {props.watch.done()?.text}
        <Show when={props.watch.done()?.run}>
          {(run) => (
            <button
              type="button"
              class="action"
              onClick={() => {
                run()();
              }}
            >
              {texts().undo}
            </button>
          )}
        </Show>
      </output>
      <Show when={isAside()}>
        <p class="notice warn">
          {texts().aside} <a href="/settings#device">{texts().toDevice}</a>
        </p>
      </Show>
      <Show when={!props.watch.lists.isKept() || !props.watch.notes.isKept()}>
        <p class="notice warn">{texts().notKept}</p>
      </Show>
      <Show when={props.watch.names.value() === null && props.watch.names.failure()}>
        <p class="notice warn">{texts().namesFailed}</p>
      </Show>
    </>
  );
}

function Stocks(props: { watch: Watch }): JSX.Element {
  const texts = useWatchTexts();
  const wide = createMediaMatch(WIDE_TABLE);
  const [more, setMore] = createSignal<string | null>(null);
  return (
    <section class="card signal-panel watch-list">
      <AddStock watch={props.watch} />
      <Show
        when={props.watch.tickers().length > 0}
        fallback={
          <div class="empty">
            <b>{texts().empty}</b>
            <p class="muted">{texts().emptyHint}</p>
          </div>
        }
      >
        <Show when={wide()} fallback={<WatchCards watch={props.watch} onMore={setMore} />}>
          <WatchTable watch={props.watch} onMore={setMore} />
          <p class="muted small-note">{texts().orderHint}</p>
        </Show>
      </Show>
      <Show when={more()} keyed>
        {(ticker) => <StockDialog watch={props.watch} ticker={ticker} onClose={() => setMore(null)} />}
      </Show>
    </section>
  );
}

/** `/watch/<list>`; without one the built-in list. */
export function WatchPage(): JSX.Element {
  const { text } = useApp();
  const texts = useWatchTexts();
  const location = useLocation();
  const watch = createWatch(() => location.pathname.split("/")[2] || STARRED);
  createEffect(() => {
    const list = watch.list();
    document.title = `${list === null ? texts().title : listLabel(list, texts())} · ${text().product}`;
  });
  return (
    <article class="outcomes-page watch">
      <WatchHead watch={watch} />
      <Notices watch={watch} />
      <Show
        when={watch.list()?.id}
        keyed
        fallback={
          <div class="card empty">
            <p>{texts().gone}</p>
            <a href={`/watch/${STARRED}`}>{texts().toStarred}</a>
          </div>
        }
      >
        <Stocks watch={watch} />
      </Show>
      <p class="muted small-note">{texts().onDevice}</p>
    </article>
  );
}
