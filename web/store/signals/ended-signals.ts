/** The signals that ended lately, for their chip and for what has changed: by the last scan, since it, since the last visit, and over a gap. */
import { type Accessor, createComputed, createMemo, createSignal, on, onCleanup } from "solid-js";
import { SignalDetail } from "../../../worker/protocol/rest/signal.ts";
import type { ScanStatus } from "../../../worker/protocol/rest/scan-run.ts";
import { fetchJson } from "../fetch-json.ts";
import type { Remote } from "../remote.ts";
import type { Signals } from "./signals.ts";
import { hasEnded } from "./has-ended.ts";

/** Each costs a request: the ended ones of the last scan come first. */
const MAX_ENDED = 40;

/** Ids that are on no list any more, each once. */
export function endedIds(
  ids: {
    readonly ofScan: readonly string[];
    readonly seen: readonly string[];
    readonly ofBefore: readonly string[];
  },
  open: ReadonlySet<string>,
): readonly string[] {
  const all = new Set([...ids.ofScan, ...ids.seen, ...ids.ofBefore]);
  return [...all].filter((id) => !open.has(id)).slice(0, MAX_ENDED);
}

/** `before`: ids that an earlier list had. `null` until all of them have been asked for once; one that cannot be loaded is left out. */
export function createEnded(
  signals: Signals,
  status: Remote<ScanStatus>,
  before: Accessor<readonly string[]>,
): Accessor<readonly SignalDetail[] | null> {
  const known = new Map<string, SignalDetail>();
  const [loaded, setLoaded] = createSignal<readonly SignalDetail[] | null>(null);
  const abort = new AbortController();
  onCleanup(() => {
    abort.abort();
  });
  const ids = createMemo(
    () => {
      const list = signals.value();
      const run = status.value();
      if (list === null || run === null) {
        return null;
      }
      const isComplete = list.signals.length >= list.count;
      return endedIds(
        {
          ofScan: (run.last_done ?? run.last_run)?.diff?.ended ?? [],
          seen: signals.changes().flatMap(({ kind, id }) => (kind === "ended" ? [id] : [])),
          ofBefore: isComplete ? before() : [],
        },
        new Set(list.signals.map(({ id }) => id)),
      );
    },
    null,
    { equals: (a, b) => a?.join() === b?.join() },
  );
  async function load(wanted: readonly string[]): Promise<void> {
    const missing = wanted.filter((id) => !known.has(id));
    const answers = await Promise.allSettled(
      missing.map(async (id) =>
        fetchJson(`/api/kr/signals/${encodeURIComponent(id)}`, SignalDetail, abort.signal),
      ),
    );
    for (const answer of answers) {
      // One that is still open in the store has only left the list: it is asked for again with the next that ends.
      if (answer.status === "fulfilled" && hasEnded(answer.value)) {
        known.set(answer.value.id, answer.value);
      }
    }
    if (!abort.signal.aborted && wanted === ids()) {
      setLoaded(wanted.flatMap((id) => known.get(id) ?? []));
    }
  }
  createComputed(
    on(ids, (wanted) => {
      if (wanted !== null) {
        void load(wanted);
      }
    }),
  );
  return loaded;
}
