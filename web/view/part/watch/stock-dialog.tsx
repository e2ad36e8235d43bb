/** What can be done with one stock of a list: its place, its other lists, its note, and out. */
import { createMemo, For, type JSX } from "solid-js";
import { MAX_ENTRIES, type WatchList } from "../../../store/watch/watch-list.ts";
import { useApp } from "../../app-context.tsx";
import { listLabel, useWatchTexts } from "../../labels/watch-texts.ts";
import { moveBy, moveTo, takeOut, type Watch } from "../../watch/create-watch.ts";
import { Modal } from "../ui/modal.tsx";
import { AddToList } from "./add-to-list.tsx";
import { StockNote } from "./stock-note.tsx";

/** To the first or the last place: more than any list holds. */
const FAR = 10_000;

interface Props {
  readonly watch: Watch;
  readonly ticker: string;
  readonly onClose: () => void;
}

function Place(props: Props): JSX.Element {
  const { naming, format } = useApp();
  const texts = useWatchTexts();
  const name = (): string => naming(props.watch.company(props.ticker)).name;
  const place = (): number => props.watch.tickers().indexOf(props.ticker) + 1;
  const moves = (): readonly (readonly [sign: string, by: number, label: string])[] => [
    [texts().toTop, -FAR, texts().toTop],
    ["↑", -1, texts().up(name())],
    ["↓", 1, texts().down(name())],
    [texts().toEnd, FAR, texts().toEnd],
  ];
  return (
    <p class="watch-tools">
      <span>{texts().place(format().integer(place()), format().integer(props.watch.tickers().length))}</span>
      <For each={moves()}>
        {([sign, by, label]) => (
          <button
            type="button"
            class="action"
            aria-label={label}
            onClick={() => {
              moveBy(props.watch, props.ticker, by);
            }}
          >
            {sign}
          </button>
        )}
      </For>
    </p>
  );
}

/** Into another list, or out of this one; both can be taken back on the page. */
function Ways(props: Props): JSX.Element {
  const { naming } = useApp();
  const texts = useWatchTexts();
  const name = (): string => naming(props.watch.company(props.ticker)).name;
  const others = createMemo(() => props.watch.lists.all().filter(({ id }) => id !== props.watch.list()?.id));
  const hasRoom = ({ entries }: WatchList): boolean =>
    entries.length < MAX_ENTRIES || entries.some(({ ticker }) => ticker === props.ticker);
  return (
    <p class="watch-tools">
      <For each={others()}>
        {(list) => (
          <button
            type="button"
            class="action"
            disabled={!hasRoom(list)}
            onClick={() => {
              moveTo(props.watch, props.ticker, list, texts().moved(name(), listLabel(list, texts())));
              props.onClose();
            }}
          >
            {texts().moveTo(listLabel(list, texts()))}
          </button>
        )}
      </For>
      <button
        type="button"
        class="action"
        onClick={() => {
          takeOut(props.watch, props.ticker, texts().takenOut(name()));
          props.onClose();
        }}
      >
        {texts().takeOut}
      </button>
    </p>
  );
}

export function StockDialog(props: Props): JSX.Element {
  const { naming, format } = useApp();
  const texts = useWatchTexts();
  const named = createMemo(() => naming(props.watch.company(props.ticker)));
  const entry = createMemo(() => props.watch.list()?.entries.find(({ ticker }) => ticker === props.ticker));
  const facts = (): string => {
    const added = entry()?.added;
    return [named().code, added ? texts().addedOn(format().day(added)) : ""]
      .filter((part) => part !== "")
      .join(" · ");
  };
  return (
    <Modal
      title={named().name}
      onClose={() => {
        props.onClose();
      }}
    >
      <p class="muted">{facts()}</p>
      <StockNote ticker={props.ticker} name={named().name} />
      <Place {...props} />
      <AddToList ticker={props.ticker} name={named().name} />
      <Ways {...props} />
    </Modal>
  );
}
