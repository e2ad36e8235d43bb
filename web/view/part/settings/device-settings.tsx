/** All that the device keeps, as a file: out, and in again after the reader has seen what it changes. */
import { createMemo, createSignal, createUniqueId, For, type JSX, Show } from "solid-js";
import { DEVICE_TEXTS, type DeviceTexts } from "../../../i18n/device-texts.ts";
import {
  deviceFileOf,
  type DeviceFileFailure,
  MAX_FILE_BYTES,
  readDeviceFile,
} from "../../../store/device/file/device-file.ts";
import { asideOf, deviceState, putDeviceState } from "../../../store/device/file/device-state.ts";
import {
  type DeviceState,
  type FileState,
  type ImportMode,
  type ImportPlan,
  planImport,
  type SectionChange,
} from "../../../store/device/file/plan.ts";
import { useApp } from "../../app-context.tsx";
import { fileName, offerFile } from "../../watch/offer-file.ts";

const MODES = ["merge", "replace"] as const satisfies readonly ImportMode[];

function Change(props: { change: SectionChange; texts: DeviceTexts }): JSX.Element {
  const { format } = useApp();
  const name = (): string => `${props.texts.sections[props.change.section]} ${props.change.name}`.trim();
  const counts = (): readonly string[] =>
    (["added", "changed", "removed", "refused"] as const)
      .filter((kind) => props.change[kind] > 0)
      .map((kind) => props.texts[kind](format().integer(props.change[kind])));
  return (
    <li>
      {name()} <b>{counts().join(" · ")}</b>
    </li>
  );
}

/** What the file would change, in either way; nothing is written before the reader presses. */
function Preview(props: {
  file: FileState;
  now: DeviceState;
  texts: DeviceTexts;
  onApply: (plan: ImportPlan) => void;
  onCancel: () => void;
}): JSX.Element {
  const [mode, setMode] = createSignal<ImportMode>("merge");
  const group = createUniqueId();
  const plan = createMemo(() => planImport(props.now, props.file, mode()));
  return (
    <fieldset class="device-plan">
      <legend>{props.texts.how}</legend>
      <For each={MODES}>
        {(one) => (
          <label>
            <input type="radio" name={group} checked={mode() === one} onChange={() => setMode(one)} />
            {props.texts.modes[one]}
          </label>
        )}
      </For>
      <p class="muted">{props.texts.modeHints[mode()]}</p>
      <h3>{props.texts.changes}</h3>
      <ul>
        <For each={plan().changes} fallback={<li>{props.texts.none}</li>}>
          {(change) => <Change change={change} texts={props.texts} />}
        </For>
      </ul>
      <p class="list-tools picks">
        <button
          type="button"
          class="action"
          disabled={plan().changes.length === 0}
          onClick={() => {
            props.onApply(plan());
          }}
        >
          {props.texts.apply}
        </button>
        <button
          type="button"
          class="action"
          onClick={() => {
            props.onCancel();
          }}
        >
          {props.texts.cancel}
        </button>
      </p>
    </fieldset>
  );
}

/** How the last press ended; `before` is what a further one brings back. */
interface Done {
  readonly kind: "done" | "notKept" | "undone";
  readonly before: DeviceState | null;
}

interface Import {
  readonly file: () => FileState | null;
  readonly failure: () => DeviceFileFailure | null;
  readonly done: () => Done | null;
  readonly open: (file: File) => Promise<void>;
  readonly cancel: () => void;
  readonly apply: (plan: ImportPlan) => void;
  readonly undo: () => void;
}

function createDeviceImport(): Import {
  const { device, preferences } = useApp();
  const [file, setFile] = createSignal<FileState | null>(null);
  const [failure, setFailure] = createSignal<DeviceFileFailure | null>(null);
  const [done, setDone] = createSignal<Done | null>(null);
  const put = (state: DeviceState): boolean =>
    putDeviceState(device, state, preferences, navigator.languages);
  return {
    file,
    failure,
    done,
    open: async (chosen) => {
      setDone(null);
      // A file over the bound is not read at all.
      const answer =
        chosen.size > MAX_FILE_BYTES
          ? { failure: { kind: "bytes", found: chosen.size } as const }
          : readDeviceFile(new Uint8Array(await chosen.arrayBuffer()));
      setFile("sections" in answer ? answer.sections : null);
      setFailure("failure" in answer ? answer.failure : null);
    },
    cancel: () => {
      setFile(null);
    },
    apply: (plan) => {
      const before = deviceState(device);
      const isKept = put(plan.next);
      setFile(null);
      setDone({ kind: isKept ? "done" : "notKept", before });
    },
    undo: () => {
      const before = done()?.before;
      if (before) {
        put(before);
        setDone({ kind: "undone", before: null });
      }
    },
  };
}

function Held(props: { texts: DeviceTexts }): JSX.Element {
  const { device, format } = useApp();
  const now = createMemo(() => deviceState(device));
  const stocks = (): number =>
    now().lists.reduce((sum, list) => sum + list.entries.length, now().starred.length);
  return (
    <>
      <p>
        {props.texts.held(
          format().integer(now().lists.length + 1),
          format().integer(stocks()),
          format().integer(Object.keys(now().notes).length),
          format().integer(now().views.length),
        )}
      </p>
      <Show when={Object.keys(asideOf(device)).length > 0}>
        <p class="notice warn">{props.texts.aside}</p>
      </Show>
      <p>
        <button
          type="button"
          class="action"
          onClick={() => {
            const at = new Date().toISOString();
            offerFile(
              fileName("vcp-radar", "json", format().day(at)),
              deviceFileOf(deviceState(device), asideOf(device), at),
              "application/json",
            );
          }}
        >
          {props.texts.exportAll}
        </button>
      </p>
    </>
  );
}

/** Bytes of a file that is too large. */
function foundOf(why: DeviceFileFailure): number | null {
  return why.kind === "bytes" ? why.found : null;
}

export function DeviceSettings(): JSX.Element {
  const { locale, device, format } = useApp();
  const texts = (): DeviceTexts => DEVICE_TEXTS[locale()];
  const own = createDeviceImport();
  return (
    <section class="card" id="device" aria-labelledby="settings-device">
      <h2 id="settings-device">{texts().title}</h2>
      <p class="muted">{texts().lead}</p>
      <Held texts={texts()} />
      <label class="view-link">
        {texts().importFile}
        <input
          type="file"
          accept=".json,application/json"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            if (file) {
              void own.open(file);
            }
          }}
        />
      </label>
      <Show when={own.failure()}>
        {(why) => (
          <p class="notice error" role="alert">
            {texts().failure(why(), format().integer(foundOf(why())))}
          </p>
        )}
      </Show>
      <Show when={own.file()} keyed>
        {(file) => (
          <Preview
            file={file}
            now={deviceState(device)}
            texts={texts()}
            onApply={own.apply}
            onCancel={own.cancel}
          />
        )}
      </Show>
      <output classList={{ notice: own.done() !== null }}>
        <Show when={own.done()}>{(done) => <>{texts()[done().kind]}</>}</Show>
        <Show when={own.done()?.before}>
          <button type="button" class="action" onClick={own.undo}>
            {texts().undo}
          </button>
        </Show>
      </output>
    </section>
  );
}
