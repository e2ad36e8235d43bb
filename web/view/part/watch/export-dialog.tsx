/** Gives a list to other programs: as a file or to the clipboard. */
import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { IMPORT_TEXTS, type ImportTexts } from "../../../i18n/import-texts.ts";
import type { WatchTexts } from "../../../i18n/watch-texts.ts";
import { csvOf, type ExportedList, tradingViewOf } from "../../../store/watch/list-csv.ts";
import type { WatchList } from "../../../store/watch/watch-list.ts";
import { useApp } from "../../app-context.tsx";
import { listLabel, useWatchTexts } from "../../labels/watch-texts.ts";
import type { Watch } from "../../watch/create-watch.ts";
import { copyText, fileName, offerFile } from "../../watch/offer-file.ts";
import { Modal } from "../ui/modal.tsx";

function Form(props: {
  title: string;
  hint: string;
  texts: ImportTexts;
  text: string;
  ending: "csv" | "txt";
  label: string;
  onDone: (message: string) => void;
}): JSX.Element {
  const { format } = useApp();
  async function copy(): Promise<void> {
    const isTaken = await copyText(props.text.replace(/^\ufeff/u, ""));
    props.onDone(isTaken ? props.texts.copied : props.texts.refused);
  }
  return (
    <fieldset>
      <legend>{props.title}</legend>
      <p class="muted">{props.hint}</p>
      <p class="watch-tools">
        <button
          type="button"
          class="action"
          disabled={props.text === ""}
          onClick={() => {
            offerFile(
              fileName(props.label, props.ending, format().day(new Date().toISOString())),
              props.text,
              `text/${props.ending === "csv" ? "csv" : "plain"};charset=utf-8`,
            );
          }}
        >
          {props.texts.download}
        </button>
        <button type="button" class="action" disabled={props.text === ""} onClick={() => void copy()}>
          {props.texts.copy}
        </button>
      </p>
    </fieldset>
  );
}

/** With what the page knows of each stock. */
function exported(
  { names, notes }: Watch,
  lists: readonly WatchList[],
  texts: WatchTexts,
): readonly ExportedList[] {
  return lists.map((list) => ({
    name: listLabel(list, texts),
    rows: list.entries.map((entry) => {
      const listed = names.of(entry.ticker);
      return {
        ...entry,
        name: listed?.name ?? "",
        nameEn: listed?.name_en ?? "",
        market: listed?.market ?? "",
        note: notes.textOf(entry.ticker),
      };
    }),
  }));
}

export function ExportDialog(props: { watch: Watch; onClose: () => void }): JSX.Element {
  const { locale } = useApp();
  const watchTexts = useWatchTexts();
  const texts = (): ImportTexts => IMPORT_TEXTS[locale()];
  const [message, setMessage] = createSignal<string | null>(null);
  const label = (): string => listLabel(props.watch.list() ?? { name: "" }, watchTexts());
  const entries = () => props.watch.list()?.entries ?? [];
  const shown = (): readonly WatchList[] => [props.watch.list() ?? []].flat();
  const csv = createMemo(() => csvOf(exported(props.watch, shown(), watchTexts())));
  const all = createMemo(() => csvOf(exported(props.watch, props.watch.lists.all(), watchTexts())));
  const symbols = createMemo(() => tradingViewOf(entries()));
  return (
    <Modal
      title={texts().exportTitle(label())}
      onClose={() => {
        props.onClose();
      }}
    >
      <Form
        title={texts().csv}
        hint={texts().csvHint}
        texts={texts()}
        text={entries().length === 0 ? "" : csv()}
        ending="csv"
        label={label()}
        onDone={setMessage}
      />
      <Show when={props.watch.lists.all().length > 1}>
        <Form
          title={texts().csvAll}
          hint={texts().csvAllHint}
          texts={texts()}
          text={all()}
          ending="csv"
          label={watchTexts().title}
          onDone={setMessage}
        />
      </Show>
      <Form
        title={texts().tradingView}
        hint={
          symbols() === ""
            ? texts().tradingViewNone
            : texts().tradingViewHint(symbols().split(",").slice(0, 2).join(","))
        }
        texts={texts()}
        text={symbols()}
        ending="txt"
        label={label()}
        onDone={setMessage}
      />
      <output classList={{ notice: message() !== null }}>{message()}</output>
    </Modal>
  );
}
