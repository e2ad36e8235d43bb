/** What a socket may make its object hold that does not read, or hardly: data in, data out. */
import { describe, it } from "vitest";
import {
  answerTo,
  asksOf,
  AT,
  closes,
  fragment,
  Played,
  PRICE,
  STREAM,
} from "../../testing/stage/played-session.ts";
import { type SendBudget, sendBudgetOf } from "./send-budget.ts";
import { ackedOf, laggingSinceOf, pendingOf } from "./session.ts";

/** As it is with 2,000 readers and nobody unacked. */
const CROWDED: SendBudget = sendBudgetOf({ sockets: 2_000, borrowed: 0, unacked: 0, unackedSent: 0 });

describe("share", () => {
  it("[WS9d] closes who never acks also when it asks again and again and reads no answer", ({ expect }) => {
    const whole = { ...fragment(STREAM, 1), text: "x".repeat(500_000) };
    const greedy = (sendBudget: SendBudget): number => {
      const played = new Played();
      for (let k = 1; ; k++) {
        const asked = played.text({ type: "subscribe", topic: STREAM }, AT + k * 1_000, sendBudget);
        if (closes(asked).length > 0) {
          return k;
        }
        const answers = asksOf(asked.effects).map((ask) => answerTo(ask, 1, { fragments: [whole] }));
        const answered = played.do({ kind: "answered", at: AT + k * 1_000, answers, sendBudget });
        if (closes(answered).length > 0) {
          return k;
        }
      }
    };
    expect(greedy(sendBudgetOf({ sockets: 1, borrowed: 0, unacked: 1, unackedSent: 0 }))).toBe(17);
    expect(greedy(sendBudgetOf({ sockets: 100, borrowed: 0, unacked: 100, unackedSent: 17e6 }))).toBe(1);
    const late = new Played();
    late.join(PRICE);
    late.due([{ ...fragment(PRICE, 1), text: "x".repeat(9_000_000) }], AT);
    expect(closes(late.text({ type: "ack", bytes: 9_000_000 }, AT + 1))).toEqual([]);
    expect(closes(late.text({ type: "subscribe", topic: STREAM }, AT + 2))).toEqual([]);
  });

  it("[WS9d] sends many that never ack no more together than they may have, though each asks only once", ({
    expect,
  }) => {
    const whole = { ...fragment(STREAM, 1), text: "x".repeat(500_000) };
    let unackedSent = 0;
    let closed = 0;
    for (let unacked = 1; unacked <= 400; unacked++) {
      const played = new Played();
      const asks = asksOf(played.text({ type: "subscribe", topic: STREAM }).effects);
      const answers = asks.map((ask) => answerTo(ask, 1, { fragments: [whole] }));
      const sendBudget = sendBudgetOf({ sockets: unacked, borrowed: 0, unacked, unackedSent });
      closed += closes(played.do({ kind: "answered", at: AT, answers, sendBudget })).length;
      unackedSent += played.session.counts.sent;
    }
    expect(unackedSent).toBeLessThan(16_777_216 + 500_200);
    expect(closed).toBe(366);
  });

  it("[WS9d] keeps no more than a ring for a reader that confirms unit by unit, and loses nothing of it", ({
    expect,
  }) => {
    const long = { ...fragment(PRICE, 1), text: "x".repeat(60_000) };
    const played = new Played();
    played.join(PRICE, 0, true);
    played.join(STREAM, 1, true);
    played.tick([long], AT, CROWDED);
    for (let k = 0; k < 800; k++) {
      played.text({ type: "ack", bytes: ackedOf(played.session) + 1 }, AT + k * 1_000);
      played.due([fragment(STREAM, k + 2)], AT + k * 1_000, null, CROWDED);
      expect(pendingOf(played.session).length).toBeLessThanOrEqual(768);
      if (laggingSinceOf(played.session) !== null) {
        break;
      }
    }
    expect(laggingSinceOf(played.session)).not.toBeNull();
    const { effects } = played.text({ type: "ack", bytes: 1e9 }, AT + 800_000);
    expect(effects).toContainEqual({ kind: "ask", ask: 4, topic: STREAM, since: { epoch: "e", seq: 1 } });
  });
});
