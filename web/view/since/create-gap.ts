/** What a gap of the connection brought: the list as it stood when the connection went, against the list that came back with it. */
import { type Accessor, createComputed, createMemo, createSignal, on, untrack } from "solid-js";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import type { LiveStatus } from "../../live/connection-status.ts";
import { changesBetween, type SinceChange } from "./since-changes.ts";

/** The last gap that was recovered. */
export interface Gap {
  readonly seconds: number;
  readonly changes: readonly SinceChange[];
}

/** The list as a gap compares it; `at` is the server's time of it. */
export interface GapList {
  readonly at: string;
  readonly rows: readonly SignalRow[];
  readonly isComplete: boolean;
}

interface Begun {
  readonly states: Readonly<Record<string, SignalRow["state"]>>;
  readonly at: string;
}

const LOST: ReadonlySet<LiveStatus["state"]> = new Set(["reconnecting", "offline", "polling"]);

/** `null` until a gap was recovered; the last one stays until the next. */
export function createGap(
  status: Accessor<LiveStatus>,
  list: Accessor<GapList | null>,
  ended: Accessor<ReadonlyMap<string, SignalRow>>,
): Accessor<Gap | null> {
  const [begun, setBegun] = createSignal<Begun | null>(null);
  const [recovered, setRecovered] = createSignal<{ readonly seconds: number; readonly before: Begun } | null>(
    null,
  );
  /** What came back; it stands still once the recovery is over, because what comes later is no part of the gap. */
  const [after, setAfter] = createSignal<GapList | null>(null);
  createComputed(
    on([status, list], ([now, current]) => {
      const before = untrack(begun);
      if (LOST.has(now.state) && before === null && current !== null) {
        setBegun({
          states: Object.fromEntries(current.rows.map(({ id, state }) => [id, state])),
          at: current.at,
        });
      } else if (now.state === "recovered" && before !== null) {
        setRecovered({ seconds: now.gapSeconds, before });
        setAfter(current);
      } else if (!LOST.has(now.state) && now.state !== "connecting") {
        setBegun(null);
      }
    }),
  );
  return createMemo(() => {
    const [gap, then] = [recovered(), after()];
    if (gap === null || then === null) {
      return null;
    }
    const { rows, isComplete } = then;
    const changes = changesBetween({
      before: gap.before.states,
      asOf: gap.before.at,
      rows,
      isComplete,
      ended: ended(),
    });
    return { seconds: gap.seconds, changes };
  });
}
