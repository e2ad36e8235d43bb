/** Changes in one line: how many of each kind, the most important by name, and all of them on request. */
import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { SINCE_TEXTS, type SinceTexts } from "../../../i18n/since-texts.ts";
import { useApp } from "../../app-context.tsx";
import { tickerOf } from "../../labels/change-feed.ts";
import { SINCE_KINDS, type SinceChange } from "../../since/since-changes.ts";
import { ChangeItem } from "./change-item.tsx";

/** Named in the line itself. */
const TOP = 3;
/** Items of the whole list, because each requests its history. */
const MAX_ITEMS = 30;

function SinceItems(props: { changes: readonly SinceChange[] }): JSX.Element {
  const { locale } = useApp();
  /** One key a change: the same change keeps its item. */
  const keys = createMemo(() => props.changes.slice(0, MAX_ITEMS).map((change) => JSON.stringify(change)));
  const byKey = createMemo(() => new Map(props.changes.map((change) => [JSON.stringify(change), change])));
  return (
    <ul class="change-list">
      <For each={keys()}>
        {(key) => (
          <Show when={byKey().get(key)}>
            {(change) => (
              <ChangeItem
                id={change().id}
                kind={change().kind}
                tag={SINCE_TEXTS[locale()].kinds[change().kind]}
                from={change().from}
              />
            )}
          </Show>
        )}
      </For>
    </ul>
  );
}

interface Props {
  readonly title: string;
  /** Beside the title: since when. */
  readonly note?: string | undefined;
  readonly changes: readonly SinceChange[];
  /** What stands there without a change. */
  readonly none: string;
}

export function SinceLine(props: Props): JSX.Element {
  const { locale, naming } = useApp();
  const texts = (): SinceTexts => SINCE_TEXTS[locale()];
  const [isOpen, setOpen] = createSignal(false);
  const counts = createMemo(() =>
    SINCE_KINDS.map((kind) => ({
      kind,
      count: props.changes.filter((one) => one.kind === kind).length,
    })).filter(({ count }) => count > 0),
  );
  return (
    <div class="since">
      <div class="since-line">
        <h2>{props.title}</h2>
        <span class="muted number">{props.note}</span>
        <Show when={props.changes.length > 0} fallback={<span class="muted">{props.none}</span>}>
          <span class="change-counts number">
            <For each={counts()}>
              {({ kind, count }) => (
                <span>
                  {texts().kinds[kind]} {count}
                </span>
              )}
            </For>
          </span>
          <span class="since-top">
            <For each={props.changes.slice(0, TOP)}>
              {({ id, company, kind }) => (
                <a
                  href={`/signals/${encodeURIComponent(id)}`}
                  title={naming(company ?? { ticker: tickerOf(id), name: tickerOf(id) }).title}
                >
                  <span class="muted">{texts().kinds[kind]}</span>{" "}
                  {naming(company ?? { ticker: tickerOf(id), name: tickerOf(id) }).name}
                </a>
              )}
            </For>
          </span>
          <button type="button" class="quiet" aria-expanded={isOpen()} onClick={() => setOpen(!isOpen())}>
            {isOpen() ? texts().less : texts().more(props.changes.length)}
          </button>
        </Show>
      </div>
      <Show when={isOpen()}>
        <SinceItems changes={props.changes} />
      </Show>
    </div>
  );
}
