/** How much a socket is sent and when, and what it keeps while the object sleeps: data in, data out. */
import { describe, it } from "vitest";
import type { Fragment } from "../../app/ports/live.ts";
import {
  answerTo,
  asksOf,
  AT,
  closes,
  fragment,
  Played,
  PRICE,
  messagesOf,
  seqs,
  STREAM,
} from "../../testing/stage/played-session.ts";
import { decodeAttachment, encodeAttachment } from "./attachment.ts";
import { type SendBudget, sendBudgetOf, WINDOW } from "./send-budget.ts";
import { ackedOf, isUnsettled, laggingSinceOf, pendingOf } from "./session.ts";

/** As it is with 2,000 readers and nobody unacked. */
const CROWDED: SendBudget = sendBudgetOf({ sockets: 2_000, borrowed: 0, unacked: 0, unackedSent: 0 });

describe("flow", () => {
  it("[WS5] sends a stream's messages once and in order, however they are sent again, and asks for what is missing", ({
    expect,
  }) => {
    const played = new Played();
    played.join(STREAM, 4, true);
    expect(
      seqs(
        played.due(
          [5, 6, 5].map((seq) => fragment(STREAM, seq)),
          AT,
        ),
      ),
    ).toEqual([5, 6]);
    expect(played.due([fragment(STREAM, 4)], AT).effects).toEqual([]);
    const gap = played.due([fragment(STREAM, 7), fragment(STREAM, 9), fragment(STREAM, 10)], AT);
    expect(seqs(gap)).toEqual([7]);
    expect(gap.effects).toContainEqual({ kind: "ask", ask: 2, topic: STREAM, since: { epoch: "e", seq: 7 } });
    expect(played.due([fragment(STREAM, 11)], AT).effects).toEqual([]);
    const missed = [8, 9, 10].map((seq) => fragment(STREAM, seq));
    const mended = played.do({
      kind: "answered",
      at: AT,
      answers: [answerTo(2, 10, { recovered: true, fragments: missed })],
    });
    expect(messagesOf(mended).map(({ type }) => type)).not.toContain("subscribed");
    expect(seqs(mended)).toEqual([8, 9, 10]);
    expect(seqs(played.due([fragment(STREAM, 10), fragment(STREAM, 11)], AT))).toEqual([11]);
  });

  it("[WS6a] asks from its place when the epoch changed, and hands on reset and snapshot", ({ expect }) => {
    const played = new Played();
    played.join(STREAM, 4, true);
    const changed = played.due([fragment(STREAM, 1, "f")], AT);
    expect(changed.effects).toEqual([{ kind: "ask", ask: 2, topic: STREAM, since: { epoch: "e", seq: 4 } }]);
    const fragments = [fragment(STREAM, 1, "f")];
    const answer = answerTo(2, 1, { epoch: "f", reset: true, fragments });
    expect(messagesOf(played.do({ kind: "answered", at: AT, answers: [answer] }))).toMatchObject([
      { type: "reset", epoch: "f", seq: 1 },
      { type: "reset", epoch: "f", seq: 1 },
    ]);
    expect(seqs(played.due([fragment(STREAM, 2, "f")], AT))).toEqual([2]);
  });

  it("[WS8d] asks again for what it could not learn, until it knows", ({ expect }) => {
    const played = new Played();
    played.join(STREAM, 4, true);
    played.due([fragment(STREAM, 6)], AT);
    const failed = played.do({ kind: "failed", at: AT, asks: [2] });
    expect(failed.effects).toEqual([{ kind: "watch", at: AT + 2_000 }]);
    expect(isUnsettled(played.session)).toBe(true);
    played.session = decodeAttachment(structuredClone(encodeAttachment(played.session))) ?? played.session;
    const asked = played.do({ kind: "looked", at: AT + 2_000, pinged: null });
    const ask = asksOf(asked.effects)[0] ?? 0;
    expect(asked.effects).toEqual([{ kind: "ask", ask, topic: STREAM, since: { epoch: "e", seq: 4 } }]);
    expect(played.do({ kind: "looked", at: AT + 2_100, pinged: null }).effects).toEqual([]);
    const fragments = [5, 6].map((seq) => fragment(STREAM, seq));
    const answer = answerTo(ask, 6, { recovered: true, fragments });
    expect(seqs(played.do({ kind: "answered", at: AT, answers: [answer] }))).toEqual([5, 6]);
    expect(isUnsettled(played.session)).toBe(false);
  });

  it("[WS8d] asks for what it left to an answer that failed, where the topic is held by an earlier one", ({
    expect,
  }) => {
    const played = new Played();
    played.join(STREAM, 4, true);
    const [late = 0] = asksOf(played.text({ type: "subscribe", topic: STREAM, id: 2 }).effects);
    expect(played.due([fragment(STREAM, 5)], AT).effects).toEqual([]);
    const failed = played.do({ kind: "failed", at: AT, asks: [late] });
    expect(messagesOf(failed)).toMatchObject([{ type: "error", code: "unavailable", id: 2 }]);
    const again = played.do({ kind: "looked", at: AT + 2_000, pinged: null });
    expect(again.effects).toMatchObject([{ kind: "ask", topic: STREAM, since: { epoch: "e", seq: 4 } }]);
  });

  it("[WS9a] leaves a client behind that has not confirmed 256 KiB, and brings it to the present when it has", ({
    expect,
  }) => {
    const played = new Played();
    played.join(PRICE, 0, true);
    played.join(STREAM, 1, true);
    const long = { ...fragment(PRICE, 1), text: JSON.stringify({ type: "pong", pad: "x".repeat(WINDOW) }) };
    const pushed = played.due([long], AT + 1);
    expect(pushed.effects.map(({ kind }) => kind)).toEqual(["send", "watch"]);
    expect(played.due([fragment(STREAM, 2), fragment(PRICE, 2)], AT + 2).effects).toEqual([]);
    const { effects } = played.text({ type: "ack", bytes: 1e9 }, AT + 3);
    expect(effects).toEqual([
      { kind: "ask", ask: 3, topic: PRICE, since: null },
      { kind: "ask", ask: 4, topic: STREAM, since: { epoch: "e", seq: 1 } },
    ]);
    expect(ackedOf(played.session)).toBe(played.session.counts.sent);
  });

  it("[WS9a] closes a client that is behind for more than 30 s", ({ expect }) => {
    const played = new Played();
    played.join(PRICE, 0, true);
    played.due([{ ...fragment(PRICE, 1), text: "x".repeat(WINDOW + 1) }], AT);
    expect(closes(played.due([fragment(PRICE, 2)], AT + 30_000))).toEqual([]);
    expect(closes(played.due([fragment(PRICE, 3)], AT + 30_001))).toEqual(["slow"]);
    expect(closes(played.do({ kind: "looked", at: AT + 30_000, pinged: AT }))).toEqual(["slow"]);
  });

  it("[WS9b] gives a client that never acks one frame a second, of values the latest, of streams all", ({
    expect,
  }) => {
    const played = new Played();
    played.join(PRICE);
    played.join(STREAM);
    expect(seqs(played.due([fragment(PRICE, 1)], AT))).toEqual([1]);
    expect(played.due([fragment(PRICE, 2), fragment(STREAM, 1)], AT + 250).effects).toEqual([]);
    expect(played.due([fragment(PRICE, 3), fragment(STREAM, 2)], AT + 999).effects).toEqual([]);
    const frame = played.due([], AT + 1_000);
    expect(frame.effects).toHaveLength(1);
    expect(messagesOf(frame)).toMatchObject([
      { topic: STREAM, seq: 1 },
      { topic: PRICE, seq: 3 },
      { topic: STREAM, seq: 2 },
    ]);
  });

  it("[WS9b] closes a client that never acks and sent nothing for 60 s, with its last frame", ({
    expect,
  }) => {
    const played = new Played();
    played.join(PRICE);
    expect(closes(played.due([fragment(PRICE, 1)], AT + 60_000, null))).toEqual([]);
    expect(closes(played.due([fragment(PRICE, 2)], AT + 62_000, AT + 61_000))).toEqual([]);
    const last = played.due([fragment(PRICE, 3)], AT + 121_001, null);
    expect([seqs(last), closes(last)]).toEqual([[3], ["slow"]]);
  });

  it("[WS9d] closes who never acks after 8 MiB, and sooner when such clients were sent much together", ({
    expect,
  }) => {
    const long = (length: number): Fragment => ({ ...fragment(PRICE, 1), text: "x".repeat(length) });
    const crowded = sendBudgetOf({ sockets: 200, borrowed: 0, unacked: 100, unackedSent: 17e6 });
    const unacked = new Played();
    unacked.join(PRICE);
    unacked.due([long(160_000)], AT);
    expect(closes(unacked.due([long(20_000)], AT + 1_000, AT, crowded))).toEqual([]);
    expect(closes(unacked.due([fragment(PRICE, 2)], AT + 2_000, AT, crowded))).toEqual(["slow"]);
    const listener = new Played();
    listener.join(PRICE);
    const ends = Array.from({ length: 10 }, (_, k) => listener.due([long(1_000_000)], AT + k * 1_000));
    expect(ends.slice(0, 9).flatMap(closes)).toEqual([]);
    expect(ends.flatMap(closes)).toEqual(["slow"]);
  });

  it("[WS9d] holds back a reader beyond its share, and gives it the latest when it confirms", ({
    expect,
  }) => {
    const long = (seq: number): Fragment => ({
      ...fragment(PRICE, seq),
      text: JSON.stringify({ ...fragment(PRICE, seq), type: "price", pad: "x".repeat(42_000) }),
    });
    const played = new Played();
    played.join(PRICE, 0, true);
    played.join(STREAM, 1, true);
    expect(played.tick([long(1)], AT, CROWDED).effects).toHaveLength(1);
    expect(played.tick([long(2)], AT + 250, CROWDED).effects).toEqual([]);
    expect(played.due([fragment(STREAM, 2)], AT + 300, null, CROWDED).effects).toEqual([]);
    expect(played.tick([fragment(PRICE, 3)], AT + 500, CROWDED).effects).toEqual([]);
    expect(laggingSinceOf(played.session)).toBeNull();
    played.text({ type: "ack", bytes: 1e9 }, AT + 600);
    const caughtUp = played.due([], AT + 750, null, CROWDED);
    expect(messagesOf(caughtUp)).toMatchObject([
      { topic: STREAM, seq: 2 },
      { topic: PRICE, seq: 3 },
    ]);
    expect(pendingOf(played.session)).toEqual([]);
  });

  it("[WS5] sends no value that waits after a newer one that was asked for, whoever waits", ({ expect }) => {
    const unacked = new Played();
    unacked.join(PRICE);
    unacked.due([fragment(PRICE, 1)], AT);
    unacked.due([fragment(PRICE, 2)], AT + 250);
    const [again = 0] = asksOf(unacked.text({ type: "subscribe", topic: PRICE }, AT + 300).effects);
    const newer = answerTo(again, 3, { fragments: [fragment(PRICE, 3)] });
    expect(seqs(unacked.do({ kind: "answered", at: AT + 300, answers: [newer] }))).toEqual([3, 3]);
    expect(seqs(unacked.due([], AT + 1_000))).toEqual([]);
  });

  it("[WS5] keeps nothing for a reader that is behind: it learns the present when it confirms", ({
    expect,
  }) => {
    const long = { ...fragment(PRICE, 1), text: "x".repeat(42_000) };
    const played = new Played();
    played.join(PRICE, 0, true);
    played.join(STREAM, 1, true);
    played.tick([long], AT, CROWDED);
    played.tick([fragment(PRICE, 2)], AT + 250, CROWDED);
    const [again = 0] = asksOf(played.text({ type: "subscribe", topic: STREAM }, AT + 300).effects);
    const whole = { ...fragment(STREAM, 2), text: "x".repeat(WINDOW) };
    played.do({ kind: "answered", at: AT + 300, answers: [answerTo(again, 2, { fragments: [whole] })] });
    played.tick([fragment(PRICE, 3)], AT + 500, CROWDED);
    expect([laggingSinceOf(played.session), pendingOf(played.session)]).toEqual([AT + 300, []]);
    const asks = asksOf(played.text({ type: "ack", bytes: 1e9 }, AT + 600).effects);
    expect(asks).toHaveLength(2);
    // The market of the price is active no more: nobody knows a value, and the old one must not come back.
    expect(messagesOf(played.due([], AT + 750, null, CROWDED))).toEqual([]);
  });

  it("[WS9d] closes a reader that was held back and silent for 30 s, and no other that was quiet before", ({
    expect,
  }) => {
    const long = { ...fragment(PRICE, 1), text: "x".repeat(42_000) };
    const played = new Played();
    played.join(PRICE, 0, true);
    expect(closes(played.tick([long], AT + 600_000, CROWDED))).toEqual([]);
    expect(closes(played.tick([fragment(PRICE, 2)], AT + 600_250, CROWDED))).toEqual([]);
    expect(closes(played.due([], AT + 630_000, null, CROWDED))).toEqual([]);
    expect(closes(played.due([], AT + 630_001, null, CROWDED))).toEqual(["slow"]);
  });

  it("[WS1b] gives a reader that keeps up what its whole group gets, and passes nobody by", ({ expect }) => {
    const played = new Played();
    played.join(PRICE, 0, true);
    const share = [fragment(PRICE, 1)];
    expect(seqs(played.tick(share, AT))).toEqual([1]);
    const other = new Played();
    other.join(PRICE);
    expect(seqs(other.tick(share, AT))).toEqual([1]);
    expect(other.tick([fragment(PRICE, 2)], AT + 250).effects).toEqual([]);
    played.text({ type: "subscribe", topic: "price:D00002" });
    expect(seqs(played.tick([fragment(PRICE, 2), fragment("price:D00002", 9)], AT + 250))).toEqual([2]);
    const big = { ...fragment(PRICE, 3), text: "x".repeat(WINDOW + 1) };
    expect(played.tick([big], AT + 500).effects.map(({ kind }) => kind)).toEqual(["send", "watch"]);
    expect(played.tick([fragment(PRICE, 4)], AT + 750).effects).toEqual([]);
  });

  it("[WS9d] takes no more requests from who does not read the answers", ({ expect }) => {
    const played = new Played();
    played.join(PRICE, 0, true);
    played.due([{ ...fragment(PRICE, 1), text: "x".repeat(WINDOW + 1) }], AT);
    const asked = played.text({ type: "subscribe", topic: STREAM, id: 7 }, AT + 1);
    expect([asksOf(asked.effects), messagesOf(asked)]).toEqual([
      [],
      [expect.objectContaining({ type: "error", code: "unavailable", topic: STREAM, id: 7 })],
    ]);
  });

  it("[WS10a] closes a socket of which nothing came for 180 s, ping or message", ({ expect }) => {
    const played = new Played();
    played.join(STREAM);
    expect(closes(played.do({ kind: "looked", at: AT + 180_000, pinged: null }))).toEqual([]);
    expect(closes(played.do({ kind: "looked", at: AT + 180_001, pinged: AT + 1 }))).toEqual([]);
    expect(closes(played.do({ kind: "looked", at: AT + 180_002, pinged: null }))).toEqual(["slow"]);
  });
});
