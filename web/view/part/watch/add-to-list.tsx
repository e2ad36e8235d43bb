/** Which lists of the device a stock is on, each in or out at a press, a new one for it, and whether its reader is notified of it. */
import { createMemo, For, type JSX, lazy, Show, Suspense } from "solid-js";
import { firstDraw } from "../../../store/first-draw.ts";
import {
  type ListEntry,
  MAX_ENTRIES,
  nameFailure,
  type WatchList,
  withEntries,
  withList,
  withoutEntries,
} from "../../../store/watch/watch-list.ts";
import { type WatchLists, watchListsOf } from "../../../store/watch/watch-lists.ts";
import { useApp } from "../../app-context.tsx";
import { listLabel, useWatchTexts } from "../../labels/watch-texts.ts";
import { ListNameForm } from "./list-name-form.tsx";

// What it turns on loads behind the first rows.
const TellMeButton = lazy(async () => ({
  default: (await firstDraw.behind(async () => import("../alerts/tell-me-button.tsx"))).TellMeButton,
}));

function isOn(list: WatchList, ticker: string): boolean {
  return list.entries.some((entry) => entry.ticker === ticker);
}

function newEntry(ticker: string): ListEntry {
  return { ticker, added: new Date().toISOString() };
}

function ListItem(props: { list: WatchList; lists: WatchLists; ticker: string }): JSX.Element {
  const { format } = useApp();
  const texts = useWatchTexts();
  const isMember = createMemo(() => isOn(props.list, props.ticker));
  function toggle(): void {
    const [{ id }, entry, out] = [props.list, newEntry(props.ticker), isMember()];
    props.lists.change((now) =>
      out ? withoutEntries(now, id, new Set([entry.ticker])) : withEntries(now, id, [entry]),
    );
  }
  return (
    <li>
      <label>
        <input
          type="checkbox"
          checked={isMember()}
          disabled={!isMember() && props.list.entries.length >= MAX_ENTRIES}
          onChange={toggle}
        />
        {listLabel(props.list, texts())}
      </label>
      <a class="muted" href={`/watch/${props.list.id}`}>
        {texts().count(format().integer(props.list.entries.length))}
      </a>
    </li>
  );
}

/** `name`: as the page shows it. */
export function AddToList(props: { ticker: string; name: string }): JSX.Element {
  const { device } = useApp();
  const texts = useWatchTexts();
  const lists = watchListsOf(device);
  const count = createMemo(() => lists.all().filter((list) => isOn(list, props.ticker)).length);
  function create(name: string): ReturnType<typeof nameFailure> {
    const failure = nameFailure(lists.stored(), name, null);
    const list = { id: lists.makeId(), name, entries: [newEntry(props.ticker)] };
    if (failure === null) {
      lists.change((now) => withList(now, list));
    }
    return failure;
  }
  return (
    <details class="add-to-list">
      <summary class="quiet">{count() === 0 ? texts().lists : texts().listsOn(count())}</summary>
      <ul>
        {/* By id: a list that changes keeps its box, and the box its focus. */}
        <For each={lists.all().map(({ id }) => id)}>
          {(id) => (
            <Show when={lists.get(id)}>
              {(list) => <ListItem list={list()} lists={lists} ticker={props.ticker} />}
            </Show>
          )}
        </For>
      </ul>
      <p>
        <Suspense>
          <TellMeButton ticker={props.ticker} name={props.name} />
        </Suspense>
      </p>
      <ListNameForm value="" button={texts().newList} onName={create} />
      <Show when={!lists.isKept()}>
        <p class="notice warn">{texts().notKept}</p>
      </Show>
    </details>
  );
}
