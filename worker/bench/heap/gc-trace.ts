/** What V8 prints of each collection (`--trace-gc --trace-gc-nvp`): the size that a heap had when the collector began is a peak that no sampling can miss. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";

/** Megabytes that V8 may take for the heap: it collects as early as it would on a platform that gives no more. */
const HEAP_LIMIT = 100;

/** The flags of a watched isolate; the last two make V8 print the lines that {@link parseCollection} reads. */
export const V8_FLAGS = [
  `--max-heap-size=${HEAP_LIMIT}`,
  "--expose-gc",
  "--trace-gc",
  "--trace-gc-nvp",
] as const;

/** How the names of the files end that the processes print into. */
export const TRACE_ENDING = ".gc";

/** `[pid:isolate:thread]  1032 ms: GC: {"pause":1.037,...}`. */
const LINE = /^\[(\d+):(0x[\da-f]+):\d+\]\s+\d+ ms: GC: (\{.*\})$/;

/** V8 counts array buffers with the old generation's global size and not among its objects. */
const Numbers = v.object({
  gc: v.string(),
  start_object_size: v.number(),
  end_object_size: v.number(),
  start_old_gen_consumed_size: v.number(),
  end_old_gen_consumed_size: v.number(),
  start_global_consumed_size: v.number(),
  end_global_consumed_size: v.number(),
});

/** Bytes of one isolate: its objects, and what they hold outside the heap (array buffers). */
export interface Size {
  readonly objects: number;
  readonly external: number;
}

export interface Collection {
  readonly pid: number;
  readonly isolate: string;
  /** A full collection leaves nothing but what is reachable; the others leave garbage. */
  readonly isFull: boolean;
  readonly before: Size;
  readonly after: Size;
}

/** `null` for a line that describes no collection. */
export function parseCollection(line: string): Collection | null {
  const [, pid, isolate, json] = LINE.exec(line) ?? [];
  if (pid === undefined || isolate === undefined || json === undefined) {
    return null;
  }
  const numbers = v.safeParse(v.pipe(v.string(), v.parseJson(), Numbers), json);
  if (!numbers.success) {
    return null;
  }
  const of = numbers.output;
  return {
    pid: Number(pid),
    isolate,
    isFull: of.gc === "ms" || of.gc === "mc",
    before: {
      objects: of.start_object_size,
      external: of.start_global_consumed_size - of.start_old_gen_consumed_size,
    },
    after: {
      objects: of.end_object_size,
      external: of.end_global_consumed_size - of.end_old_gen_consumed_size,
    },
  };
}

export function total({ objects, external }: Size): number {
  return objects + external;
}

/** What the processes of one server have printed so far, each into a file of its own in the folder; every line is returned once. */
export class Traces {
  readonly #folder: string;
  /** By the name of the file: how far it was read, and the unfinished line there. */
  readonly #read = new Map<string, { readonly offset: number; readonly rest: string }>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The collections since the last call. */
  read(): readonly Collection[] {
    return readdirSync(this.#folder)
      .filter((name) => name.endsWith(TRACE_ENDING))
      .flatMap((name) => this.#readFile(name))
      .flatMap((line) => parseCollection(line) ?? []);
  }

  #readFile(name: string): readonly string[] {
    const { offset, rest } = this.#read.get(name) ?? { offset: 0, rest: "" };
    const bytes = readFileSync(join(this.#folder, name)).subarray(offset);
    const lines = (rest + bytes.toString("latin1")).split("\n");
    this.#read.set(name, { offset: offset + bytes.length, rest: lines.pop() ?? "" });
    return lines;
  }
}
