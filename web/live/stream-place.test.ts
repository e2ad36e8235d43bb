import { describe, it } from "vitest";
import {
  NOWHERE,
  onReset,
  onStreamMessage,
  onSubscribed,
  sinceOf,
  type StreamPlace,
  type StreamStep,
} from "./stream-place.ts";

/** At e1/5, nothing due. */
const AT_FIVE: StreamPlace = { ...NOWHERE, position: { epoch: "e1", seq: 5 }, due: { what: "nothing" } };

const change = (place: StreamPlace, epoch: string, seq: number): StreamStep =>
  onStreamMessage(place, { epoch, seq, snapshot: false });
const snapshot = (place: StreamPlace, epoch: string, seq: number): StreamStep =>
  onStreamMessage(place, { epoch, seq, snapshot: true });

describe("place in a stream", () => {
  it("[LV6] takes the next, drops what it has, asks at a gap and at another epoch", ({ expect }) => {
    expect([4, 5, 6, 7].map((seq) => change(AT_FIVE, "e1", seq)[1])).toEqual([
      "drop",
      "drop",
      "apply",
      "ask",
    ]);
    expect([5, 6, 7].map((seq) => change(AT_FIVE, "e2", seq)[1])).toEqual(["ask", "ask", "ask"]);
  });

  it("[LV6] takes no snapshot that skips what lies between, unless one is waited for", ({ expect }) => {
    expect([4, 5, 9].map((seq) => snapshot(AT_FIVE, "e1", seq)[1])).toEqual(["drop", "apply", "drop"]);
    expect(snapshot(AT_FIVE, "e2", 5)[1]).toBe("drop");
    const [waiting] = onSubscribed(AT_FIVE, { epoch: "e1", seq: 9 }, false);
    expect([8, 9, 10].map((seq) => snapshot(waiting, "e1", seq)[1])).toEqual(["drop", "apply", "apply"]);
  });

  it("[LV6] asks at a gap once, from where it stands, and goes on with what fits meanwhile", ({ expect }) => {
    const [asked] = change(AT_FIVE, "e1", 8);
    expect(sinceOf(asked)).toEqual({ epoch: "e1", seq: 5 });
    expect(change(asked, "e1", 9)[1]).toBe("drop");
    expect(change(asked, "e1", 6)[1]).toBe("apply");
  });

  it("[LV6] lets nothing build on what a reset has ended", ({ expect }) => {
    const [ended, verdict] = onReset(AT_FIVE, { epoch: "e2", seq: 3 });
    expect([verdict, sinceOf(ended)]).toEqual(["reset", null]);
    expect(change(ended, "e2", 4)[1]).toBe("drop");
    expect(snapshot(ended, "e2", 2)[1]).toBe("drop");
    const [begun] = snapshot(ended, "e2", 3);
    expect([change(begun, "e2", 4)[1], change(begun, "e1", 6)[1]]).toEqual(["apply", "drop"]);
    expect([snapshot(begun, "e1", 9)[1], onReset(begun, { epoch: "e1", seq: 9 })[1]]).toEqual([
      "drop",
      "drop",
    ]);
  });

  it("[LV6] gives no reset to the place where it stands already", ({ expect }) => {
    const [there, verdict] = onReset(AT_FIVE, { epoch: "e1", seq: 5 });
    expect([verdict, snapshot(there, "e1", 5)[1]]).toEqual(["drop", "apply"]);
    expect(onReset(AT_FIVE, { epoch: "e1", seq: 4 })[1]).toBe("reset");
  });

  it("[LV6] begins an empty epoch at its first message", ({ expect }) => {
    const [empty, verdict] = onSubscribed(AT_FIVE, { epoch: "e2", seq: 0 }, false);
    expect([verdict, change(empty, "e2", 1)[1], change(empty, "e2", 2)[1]]).toEqual([
      "reset",
      "apply",
      "ask",
    ]);
    expect(onSubscribed(NOWHERE, { epoch: "e2", seq: 0 }, false)[1]).toBe("drop");
  });

  it("[LV6] does not believe a recovery from a place where it never was", ({ expect }) => {
    const [place, verdict] = onSubscribed(AT_FIVE, { epoch: "e2", seq: 9 }, true);
    expect([verdict, sinceOf(place)]).toEqual(["ask", null]);
  });
});
