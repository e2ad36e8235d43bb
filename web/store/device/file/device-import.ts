/** The import of a device's file, from the choice of the file to the press that takes it back. */
import { type Accessor, createSignal } from "solid-js";
import type { Preferences } from "../../preferences.ts";
import type { Device } from "../device.ts";
import { type DeviceFileFailure, MAX_FILE_BYTES, readDeviceFile } from "./device-file.ts";
import { putDeviceState } from "./device-state.ts";
import type { DeviceState, FileState } from "./plan.ts";

/** From the state in which the reader saw it to the one that he saw coming. */
export interface DeviceChange {
  readonly from: DeviceState;
  readonly to: DeviceState;
}

/** How the last press ended. */
export interface ImportEnd {
  readonly kind: "done" | "undone";
  /** Whether the storage took all of it. */
  readonly isKept: boolean;
  /** What has no room. */
  readonly refused: number;
  /** What a further press takes back, or finishes taking back; `null` where nothing is left to do. */
  readonly back: DeviceChange | null;
}

export interface DeviceImport {
  readonly file: Accessor<FileState | null>;
  readonly failure: Accessor<DeviceFileFailure | null>;
  readonly end: Accessor<ImportEnd | null>;
  /** The file that was chosen last counts. */
  readonly open: (file: Pick<File, "size" | "arrayBuffer">) => Promise<void>;
  readonly cancel: () => void;
  readonly apply: (change: DeviceChange) => void;
  readonly undo: () => void;
}

/** Total: whatever becomes of the file. */
async function read(file: Pick<File, "size" | "arrayBuffer">): Promise<ReturnType<typeof readDeviceFile>> {
  // A file over the bound is not read at all.
  if (file.size > MAX_FILE_BYTES) {
    return { failure: { kind: "bytes", found: file.size } };
  }
  try {
    return readDeviceFile(new Uint8Array(await file.arrayBuffer()));
  } catch {
    // Expected of a file that is gone or forbidden; the reader is shown it.
    return { failure: { kind: "unread" } };
  }
}

/** `languages` as `navigator.languages` has them. */
export function createDeviceImport(
  device: Device,
  preferences: Preferences,
  languages: readonly string[],
): DeviceImport {
  const [file, setFile] = createSignal<FileState | null>(null);
  const [failure, setFailure] = createSignal<DeviceFileFailure | null>(null);
  const [end, setEnd] = createSignal<ImportEnd | null>(null);
  let latest: object | null = null;
  return {
    file,
    failure,
    end,
    open: async (chosen) => {
      latest = chosen;
      setEnd(null);
      const answer = await read(chosen);
      if (latest === chosen) {
        setFile("sections" in answer ? answer.sections : null);
        setFailure("failure" in answer ? answer.failure : null);
      }
    },
    cancel: () => {
      setFile(null);
    },
    apply: (change) => {
      const answer = putDeviceState(device, change, preferences, languages);
      setFile(null);
      setEnd({ kind: "done", ...answer, back: { from: change.to, to: change.from } });
    },
    undo: () => {
      const back = end()?.back;
      if (back) {
        const answer = putDeviceState(device, back, preferences, languages);
        const isWhole = answer.isKept && answer.refused === 0;
        setEnd({ kind: "undone", ...answer, back: isWhole ? null : back });
      }
    },
  };
}
