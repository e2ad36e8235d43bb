/**
 * Where a client stands in a stream, and what it does with the next message: every message once, in order, or the whole
 * again (WS5 to WS7). The order is checked here once more, because only the client knows what was applied.
 */
import type { PositionText } from "../../worker/protocol/messages/client-message.ts";

/** Epochs that are over, of which late messages are dropped; older ones are forgotten. */
const MAX_RETIRED = 8;

/** One stream as far as this client has it. */
export interface StreamPlace {
  /** Of the last message that was applied; `null`: the next thing must be a snapshot. */
  readonly position: PositionText | null;
  readonly due:
    | { readonly what: "nothing" | "answer" }
    /** A snapshot that reflects at least this position. */
    | { readonly what: "snapshot"; readonly from: PositionText };
  readonly retired: readonly string[];
  /** The seq after which a gap was met: resuming from there again would meet it again. */
  readonly gapAfter: number | null;
}

/** What the place of a message is judged by. */
export interface StreamMessage extends PositionText {
  readonly snapshot: boolean;
}

/** `ask`: subscribe again, from `sinceOf`. `reset`: what the application holds is over; what replaces it follows. */
export type StreamVerdict = "apply" | "drop" | "ask" | "reset";

/** The place afterwards, and what to do with the message. */
export type StreamStep = readonly [StreamPlace, StreamVerdict];

/** Before the first answer. */
export const NOWHERE: StreamPlace = {
  position: null,
  due: { what: "answer" },
  retired: [],
  gapAfter: null,
};

const NOTHING = { what: "nothing" } as const;
const ANSWER = { what: "answer" } as const;

/** The position for the next `subscribe`; `null` asks for a snapshot. */
export function sinceOf(place: StreamPlace): PositionText | null {
  return place.position;
}

/** The socket is gone, or a `subscribe` is on its way. */
export function awaitAnswer(place: StreamPlace): StreamPlace {
  return { ...place, due: ANSWER };
}

/** Forgets the position, so that the next answer is the whole. */
export function askWhole(place: StreamPlace): StreamPlace {
  return { ...place, position: null, due: ANSWER, gapAfter: null };
}

/** The answer to a `subscribe`. `seq` 0: the stream has no message yet, and no snapshot follows. */
export function onSubscribed(place: StreamPlace, at: PositionText, isRecovered: boolean): StreamStep {
  const { position } = place;
  const isSameEpoch = position?.epoch === at.epoch;
  if (isRecovered) {
    return isSameEpoch ? [{ ...place, due: NOTHING }, "drop"] : [askWhole(place), "ask"];
  }
  const next = startAt(place, at);
  return position === null || isSameEpoch ? [next, "drop"] : [forget(next), "reset"];
}

/** A snapshot of `at` follows (WS6), unless the stream is empty there. */
export function onReset(place: StreamPlace, at: PositionText): StreamStep {
  if (place.retired.includes(at.epoch)) {
    return [place, "drop"];
  }
  const next = startAt(place, at);
  // Subscribed twice: the first answer has already brought the stream to this position.
  const isHere = place.position?.epoch === at.epoch && place.position.seq === at.seq;
  return isHere ? [next, "drop"] : [forget(next), "reset"];
}

/**
 * A reset that the server sent before it read the `subscribe` on its way: what the application holds is over, and only the
 * answer, which is newer, brings what replaces it.
 */
export function onResetBeforeAnswer(place: StreamPlace, at: PositionText): StreamStep {
  const isHere = place.position?.epoch === at.epoch && place.position.seq === at.seq;
  return isHere || place.retired.includes(at.epoch)
    ? [place, "drop"]
    : [askWhole({ ...place, retired: retire(place, at.epoch) }), "reset"];
}

/** A change applies right after the position before it; a snapshot where one is awaited (WS5, WS7). */
export function onStreamMessage(place: StreamPlace, message: StreamMessage): StreamStep {
  if (place.retired.includes(message.epoch)) {
    return [place, "drop"];
  }
  return message.snapshot ? onSnapshot(place, message) : onChange(place, message);
}

function startAt(place: StreamPlace, at: PositionText): StreamPlace {
  const retired = retire(place, at.epoch);
  const { epoch, seq } = at;
  return seq === 0
    ? { position: { epoch, seq }, due: NOTHING, retired, gapAfter: null }
    : { ...place, due: { what: "snapshot", from: { epoch, seq } }, retired };
}

/** After a reset the application holds nothing: no answer may build on what was there, only a snapshot. */
function forget(place: StreamPlace): StreamPlace {
  return place.due.what === "snapshot" ? { ...place, position: null } : place;
}

/**
 * Taken when it is awaited, or at the present position: an epoch may begin with a state at 0. A late snapshot, of a
 * `subscribe` that was sent anew, would skip what lies between.
 */
function onSnapshot(place: StreamPlace, message: StreamMessage): StreamStep {
  const { due, position } = place;
  const isAwaited = due.what === "snapshot";
  const isOld = isAwaited && due.from.epoch === message.epoch && message.seq < due.from.seq;
  const isElsewhere = position?.epoch !== message.epoch || position.seq !== message.seq;
  if (isOld || (!isAwaited && isElsewhere)) {
    return [place, "drop"];
  }
  const next: StreamPlace = {
    position: { epoch: message.epoch, seq: message.seq },
    due: due.what === "answer" ? due : NOTHING,
    retired: retire(place, message.epoch),
    gapAfter: null,
  };
  return [next, "apply"];
}

function onChange(place: StreamPlace, message: StreamMessage): StreamStep {
  const { due, position } = place;
  if (position === null || due.what === "snapshot") {
    return [place, "drop"];
  }
  if (position.epoch === message.epoch) {
    if (message.seq <= position.seq) {
      return [place, "drop"];
    }
    if (message.seq === position.seq + 1) {
      return [{ ...place, position: { epoch: message.epoch, seq: message.seq }, gapAfter: null }, "apply"];
    }
  }
  // The answer on its way closes the gap; a second `subscribe` would bring it twice.
  return due.what === "answer" ? [place, "drop"] : onGap(place, position.seq);
}

function onGap(place: StreamPlace, after: number): StreamStep {
  const next = place.gapAfter === after ? askWhole(place) : { ...awaitAnswer(place), gapAfter: after };
  return [next, "ask"];
}

/** The epochs that are over once a message of epoch `next` has been applied. */
export function retire(place: Pick<StreamPlace, "position" | "retired">, next: string): readonly string[] {
  const old = place.position?.epoch;
  if (old === undefined || old === next || place.retired.includes(old)) {
    return place.retired;
  }
  return [...place.retired, old].slice(-MAX_RETIRED);
}
