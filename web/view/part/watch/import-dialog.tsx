/** Brings many stocks to a list at once: pasted, or from a file, seen before they are taken. */
import { createSignal, type JSX, Match, Show, Switch, untrack } from "solid-js";
import { IMPORT_TEXTS, type ImportTexts } from "../../../i18n/import-texts.ts";
import type { Pasted } from "../../../store/watch/judge-paste.ts";
import { MAX_PASTE_BYTES, type PasteFailure } from "../../../store/watch/paste.ts";
import { type FileFailure, textOfFile } from "../../../store/watch/read-file.ts";
import { useApp } from "../../app-context.tsx";
import { listLabel, useWatchTexts } from "../../labels/watch-texts.ts";
import { createImport, type ListImport, type Preview } from "../../watch/create-import.ts";
import type { Watch } from "../../watch/create-watch.ts";
import { Modal } from "../ui/modal.tsx";
import { ImportPreview } from "./import-preview.tsx";

async function readFile(file: File): Promise<ReturnType<typeof textOfFile>> {
  try {
    return textOfFile(new Uint8Array(await file.arrayBuffer()));
  } catch {
    // Expected of a file that is gone or forbidden; the reader is shown it.
    return { failure: "unread" };
  }
}

/** A file becomes the text of the field, where the reader sees and mends it. */
function FileField(props: { texts: ImportTexts; of: ListImport }): JSX.Element {
  const { format } = useApp();
  const [failure, setFailure] = createSignal<FileFailure | number | null>(null);
  async function open(file: File): Promise<void> {
    // A file over the bound is not read at all.
    if (file.size > MAX_PASTE_BYTES) {
      setFailure(file.size);
      return;
    }
    const read = await readFile(file);
    if ("text" in read) {
      props.of.type(read.text);
      setFailure(null);
    } else {
      setFailure(read.failure);
    }
  }
  const message = (): string | null => {
    const why = failure();
    return why === null
      ? null
      : typeof why === "number"
        ? props.texts.tooLarge.bytes(format().integer(why), format().integer(MAX_PASTE_BYTES))
        : props.texts.files[why];
  };
  return (
    <>
      <label class="view-link">
        {props.texts.file}
        <input
          type="file"
          accept=".csv,.txt,.tsv,text/plain,text/csv"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            if (file) {
              void open(file);
            }
          }}
        />
      </label>
      <Show when={message()}>
        {(text) => (
          <p class="notice error" role="alert">
            {text()}
          </p>
        )}
      </Show>
    </>
  );
}

function Body(props: { preview: Preview; texts: ImportTexts; of: ListImport }): JSX.Element {
  const { format } = useApp();
  const failure = (): PasteFailure | null => ("kind" in props.preview ? props.preview : null);
  const pasted = (): Pasted | null => ("kind" in props.preview ? null : props.preview);
  return (
    <>
      <Show when={failure()}>
        {(why) => (
          <p class="notice error" role="alert">
            {props.texts.tooLarge[why().kind](format().integer(why().found), format().integer(why().most))}
          </p>
        )}
      </Show>
      <Show when={pasted()}>
        {(known) => <ImportPreview pasted={known()} texts={props.texts} of={props.of} />}
      </Show>
    </>
  );
}

/** Why nothing can be checked, with another try. */
function Failure(props: { message: string; texts: ImportTexts; onRetry: () => void }): JSX.Element {
  return (
    <p class="notice error" role="alert">
      {props.message}
      <button
        type="button"
        class="action"
        onClick={() => {
          props.onRetry();
        }}
      >
        {props.texts.retry}
      </button>
    </p>
  );
}

/** The text, the file, and what both would bring. */
function Fields(props: { watch: Watch; texts: ImportTexts; of: ListImport }): JSX.Element {
  const { format } = useApp();
  return (
    <>
      <label class="view-link">
        {props.texts.text}
        <textarea
          rows="6"
          spellcheck={false}
          value={props.of.text()}
          onInput={(event) => {
            props.of.type(event.currentTarget.value);
          }}
        />
      </label>
      <p class="muted small-note">{props.texts.textHint}</p>
      <FileField texts={props.texts} of={props.of} />
      <Show when={props.of.named().length > 0}>
        <label>
          <input
            type="checkbox"
            checked={props.of.isByList()}
            onChange={(event) => {
              props.of.setByList(event.currentTarget.checked);
            }}
          />
          {props.texts.byList(format().integer(props.of.named().length))}
        </label>
      </Show>
      <Switch>
        <Match when={props.of.preview()}>
          {(preview) => <Body preview={preview()} texts={props.texts} of={props.of} />}
        </Match>
        <Match when={props.watch.names.value() === null && props.watch.names.failure() !== null}>
          <Failure
            message={props.texts.namesFailed}
            texts={props.texts}
            onRetry={() => void props.watch.names.reload()}
          />
        </Match>
        <Match when={props.of.hasFailed()}>
          <Failure message={props.texts.searchFailed} texts={props.texts} onRetry={props.of.retry} />
        </Match>
        <Match when={props.of.text().trim() !== ""}>
          <p class="muted">{props.texts.waiting}</p>
        </Match>
      </Switch>
    </>
  );
}

export function ImportDialog(props: { watch: Watch; onClose: () => void }): JSX.Element {
  const { locale, format } = useApp();
  const watchTexts = useWatchTexts();
  const texts = (): ImportTexts => IMPORT_TEXTS[locale()];
  // One import for the life of the dialog.
  const own = createImport(untrack(() => props.watch));
  const [left, setLeft] = createSignal<string | null>(null);
  function finish(text: string): void {
    props.watch.finish({
      text,
      run: () => {
        own.undo();
        props.watch.finish(null);
      },
    });
  }
  function take(): void {
    const { came, left: rest } = own.take();
    const text = texts().taken(format().integer(came));
    finish(text);
    if (rest === 0) {
      props.onClose();
    } else {
      setLeft(`${text} ${texts().left(format().integer(rest))}`);
    }
  }
  return (
    <Modal
      title={texts().importTitle(listLabel(props.watch.list() ?? { name: "" }, watchTexts()))}
      onClose={() => {
        props.onClose();
      }}
    >
      <output classList={{ notice: left() !== null }}>{left()}</output>
      <Fields watch={props.watch} texts={texts()} of={own} />
      <button type="button" class="action" disabled={own.count() === 0} onClick={take}>
        {own.count() === 0 ? texts().nothing : texts().take(format().integer(own.count()))}
      </button>
    </Modal>
  );
}
