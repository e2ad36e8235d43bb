/** All that the device keeps, as a file: out, and in again after the reader has seen what it changes. */
import { createMemo, createSignal, createUniqueId, For, type JSX, Show } from "solid-js";
import { DEVICE_TEXTS, type DeviceTexts } from "../../../i18n/device-texts.ts";
import { deviceFileOf, type DeviceFileFailure } from "../../../store/device/file/device-file.ts";
import {
  createDeviceImport,
  type DeviceChange,
  type ImportEnd,
} from "../../../store/device/file/device-import.ts";
import { asideOf, deviceState } from "../../../store/device/file/device-state.ts";
import {
  type DeviceState,
  type FileState,
  type ImportMode,
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
  onApply: (change: DeviceChange) => void;
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
            props.onApply({ from: props.now, to: plan().next });
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

/** How the last press ended, and the next one where there is something to take back. */
function End(props: { end: ImportEnd; texts: DeviceTexts; onUndo: () => void }): JSX.Element {
  const { format } = useApp();
  return (
    <>
      {props.texts[props.end.kind]}
      <Show when={props.end.refused > 0}> {props.texts.noRoom(format().integer(props.end.refused))}</Show>
      <Show when={!props.end.isKept}> {props.texts.notKept}</Show>
      <Show when={props.end.back}>
        <button
          type="button"
          class="action"
          onClick={() => {
            props.onUndo();
          }}
        >
          {props.end.kind === "done" ? props.texts.undo : props.texts.again}
        </button>
      </Show>
    </>
  );
}

export function DeviceSettings(): JSX.Element {
  const { locale, device, preferences, format } = useApp();
  const texts = (): DeviceTexts => DEVICE_TEXTS[locale()];
  const own = createDeviceImport(device, preferences, navigator.languages);
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
      <output classList={{ notice: own.end() !== null }}>
        <Show when={own.end()}>{(end) => <End end={end()} texts={texts()} onUndo={own.undo} />}</Show>
      </output>
    </section>
  );
}
