/** The list at both ends of a gap of the connection, kept beside the connection: what names the changes between them loads later than a gap may begin. */
import { type Accessor, createComputed, createMemo, createSignal } from "solid-js";
import type { SignalsBody } from "../../worker/protocol/rest/signal-list.ts";
import type { LiveConnection } from "./live-socket.ts";
import type { Signals } from "./signals/signals.ts";

/** The last gap that was recovered. */
export interface Gap {
  readonly seconds: number;
  /** The list at the loss, or the first that the reader was shown meanwhile. */
  readonly before: SignalsBody;
  /** The list that the recovery brought. */
  readonly after: SignalsBody;
}

/** `null` until a gap was recovered; the last one stays until the next. */
export function createGap(
  live: Pick<LiveConnection, "connection">,
  signals: Pick<Signals, "value">,
): Accessor<Gap | null> {
  const [gap, setGap] = createSignal<Gap | null>(null);
  const isLost = createMemo(() => live.connection().lostAt !== null);
  const isPaused = createMemo(() => live.connection().isPaused);
  const recovery = createMemo(() => live.connection().recovery);
  let before: SignalsBody | null = null;
  createComputed(() => {
    const [after, found] = [signals.value(), recovery()];
    if (isLost()) {
      before ??= after;
    } else if (before !== null && after !== null && found !== null) {
      setGap({ seconds: Math.round(found.gapMs / 1_000), before, after });
      // A pause holds back what the recovery brought; what comes later is no part of the gap.
      before = isPaused() ? before : null;
    }
  });
  return gap;
}
