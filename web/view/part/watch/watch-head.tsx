/** The lists of the device as the ways between them, and what can be done with the one that is shown. */
import { useNavigate } from "@solidjs/router";
import { createSignal, For, type JSX, lazy, Show, Suspense, untrack } from "solid-js";
import { removing } from "../../../store/watch/steps.ts";
import {
  nameFailure,
  STARRED,
  type WatchList,
  withList,
  withListMoved,
  withName,
} from "../../../store/watch/watch-list.ts";
import { useApp } from "../../app-context.tsx";
import { listLabel, useWatchTexts } from "../../labels/watch-texts.ts";
import type { Watch } from "../../watch/create-watch.ts";
import { ALL, encodeQuery } from "../../filter/list-query.ts";
import { TellStarsButton } from "../alerts/tell-me-button.tsx";
import { ListNameForm } from "./list-name-form.tsx";
import { firstDraw } from "../../../store/first-draw.ts";

const ImportDialog = lazy(async () => ({
  default: (await firstDraw.pressed(async () => import("./import-dialog.tsx"))).ImportDialog,
}));
const ExportDialog = lazy(async () => ({
  default: (await firstDraw.pressed(async () => import("./export-dialog.tsx"))).ExportDialog,
}));

type Open = "create" | "rename" | "import" | "export";

/** Every list with its number of stocks. */
function ListLinks(props: { watch: Watch; onCreate: () => void }): JSX.Element {
  const { format } = useApp();
  const texts = useWatchTexts();
  return (
    <nav aria-label={texts().nav}>
      <ul class="picks">
        <For each={props.watch.lists.all()}>
          {(list) => (
            <li>
              <a
                class="pick"
                href={`/watch/${list.id}`}
                aria-current={list.id === props.watch.list()?.id ? "page" : undefined}
              >
                {listLabel(list, texts())} <span class="number">{format().integer(list.entries.length)}</span>
              </a>
            </li>
          )}
        </For>
        <li>
          <button
            type="button"
            class="pick"
            onClick={() => {
              props.onCreate();
            }}
          >
            + {texts().newList}
          </button>
        </li>
      </ul>
    </nav>
  );
}

function NameForms(props: { watch: Watch; open: Open | null; onDone: () => void }): JSX.Element {
  const texts = useWatchTexts();
  const navigate = useNavigate();
  function create(name: string): ReturnType<typeof nameFailure> {
    const { lists } = props.watch;
    const failure = nameFailure(lists.stored(), name, null);
    if (failure === null) {
      const id = lists.makeId();
      lists.change((now) => withList(now, { id, name, entries: [] }));
      props.onDone();
      navigate(`/watch/${id}`);
    }
    return failure;
  }
  function rename(list: WatchList, name: string): ReturnType<typeof nameFailure> {
    const failure = nameFailure(props.watch.lists.stored(), name, list.id);
    if (failure === null) {
      props.watch.lists.change((now) => withName(now, list.id, name));
      props.onDone();
    }
    return failure;
  }
  return (
    <>
      <Show when={props.open === "create"}>
        <ListNameForm value="" button={texts().create} onName={create} onCancel={props.onDone} />
      </Show>
      <Show when={props.open === "rename" && props.watch.list()}>
        {(list) => (
          <ListNameForm
            value={list().name}
            button={texts().done}
            onName={(name) => rename(list(), name)}
            onCancel={props.onDone}
          />
        )}
      </Show>
    </>
  );
}

/** The place of a list among the others; the built-in one is first. */
function ListPlace(props: { watch: Watch; list: WatchList }): JSX.Element {
  const texts = useWatchTexts();
  const moves = (): readonly (readonly [sign: string, by: 1 | -1, label: string])[] => [
    ["←", -1, texts().listForward],
    ["→", 1, texts().listBack],
  ];
  return (
    // With another of the reader's own lists beside it.
    <Show when={props.watch.lists.all().length > 2}>
      <For each={moves()}>
        {([sign, by, label]) => (
          <button
            type="button"
            class="action"
            aria-label={label}
            title={label}
            onClick={() => {
              const { id } = props.list;
              props.watch.lists.change((now) => withListMoved(now, id, by));
            }}
          >
            {sign}
          </button>
        )}
      </For>
    </Show>
  );
}

/** Buttons of the list that is shown; the built-in one keeps its name, and stays. */
function ListButtons(props: { watch: Watch; list: WatchList; onOpen: (open: Open) => void }): JSX.Element {
  const texts = useWatchTexts();
  const navigate = useNavigate();
  function remove(): void {
    const { id, name } = untrack(() => props.list);
    props.watch.take(removing(id), texts().removed(name));
    navigate(`/watch/${STARRED}`);
  }
  return (
    <span class="watch-tools">
      <Show when={props.list.id !== STARRED} fallback={<TellStarsButton />}>
        <ListPlace watch={props.watch} list={props.list} />
        <button
          type="button"
          class="action"
          onClick={() => {
            props.onOpen("rename");
          }}
        >
          {texts().rename}
        </button>
        <button type="button" class="action" onClick={remove}>
          {texts().remove}
        </button>
      </Show>
      <button
        type="button"
        class="action"
        aria-haspopup="dialog"
        onClick={() => {
          props.onOpen("import");
        }}
      >
        {texts().paste}
      </button>
      <button
        type="button"
        class="action"
        aria-haspopup="dialog"
        onClick={() => {
          props.onOpen("export");
        }}
      >
        {texts().export}
      </button>
    </span>
  );
}

export function WatchHead(props: { watch: Watch }): JSX.Element {
  const { format } = useApp();
  const texts = useWatchTexts();
  const [open, setOpen] = createSignal<Open | null>(null);
  const close = (): void => {
    setOpen(null);
  };
  return (
    <header class="page-head">
      <ListLinks watch={props.watch} onCreate={() => setOpen("create")} />
      <Show when={props.watch.list()}>
        {(list) => (
          <div class="page-title">
            <h2>{listLabel(list(), texts())}</h2>
            <span class="muted">{texts().count(format().integer(list().entries.length))}</span>
            <a class="pick" href={`/${encodeQuery({ ...ALL, list: list().id })}`}>
              {texts().signals}
            </a>
            <ListButtons watch={props.watch} list={list()} onOpen={setOpen} />
          </div>
        )}
      </Show>
      <NameForms watch={props.watch} open={open()} onDone={close} />
      <Show when={open() === "import"}>
        <Suspense>
          <ImportDialog watch={props.watch} onClose={close} />
        </Suspense>
      </Show>
      <Show when={open() === "export"}>
        <Suspense>
          <ExportDialog watch={props.watch} onClose={close} />
        </Suspense>
      </Show>
    </header>
  );
}
