/** What a socket may ask and how it is answered, as data in, data out. */
import fc from "fast-check";
import { describe, it } from "vitest";
import { PING_TEXT } from "../../protocol/messages/client-message.ts";
import { parseTopic } from "../../protocol/messages/topic.ts";
import {
  answerTo,
  asksOf,
  AT,
  closes,
  fragment,
  HELLO,
  Played,
  PRICE,
  messagesOf,
  seqs,
  STREAM,
} from "../../testing/stage/played-session.ts";
import { sendBudgetOf } from "./send-budget.ts";
import type { Step } from "./session-event.ts";
import { HANDSHAKE_MS } from "./session-machine.ts";

describe("requests", () => {
  it("[WS2] sends connected before everything else, also when the address subscribes at once", ({
    expect,
  }) => {
    const played = new Played();
    const { effects } = played.do({
      kind: "opened",
      at: AT,
      hello: HELLO,
      topics: [STREAM, "nope"],
      maxTopics: 512,
    });
    expect(messagesOf({ effects }).map(({ type }) => type)).toEqual(["connected", "error"]);
    expect(effects.filter(({ kind }) => kind === "ask")).toEqual([
      { kind: "ask", ask: 1, topic: STREAM, since: null },
    ]);
  });

  it("[WS3e] knows no topic by the name of a prototype, and keeps nothing of it", ({ expect }) => {
    const topics = ["__proto__", "constructor", "toString", "price:__proto__", "price:constructor"];
    const played = new Played();
    for (const type of ["subscribe", "unsubscribe"]) {
      const answers = messagesOf(played.text({ type, topics }));
      expect(
        answers.map((answer) => (answer.type === "error" ? [answer.code, answer.topic] : answer)),
      ).toEqual(topics.map((topic) => ["unknown_topic", topic]));
    }
    expect([played.session.durable.hasSubscribed, played.session.asks.size]).toEqual([false, 0]);
    const { effects } = played.text(
      `{"type":"subscribe","topic":"${STREAM}","since":{"__proto__":{"epoch":"e","seq":1}}}`,
    );
    expect(effects).toEqual([{ kind: "ask", ask: 1, topic: STREAM, since: null }]);
  });

  it("[WS2b] answers every topic of every request exactly once, whatever the order of answers", ({
    expect,
  }) => {
    const names = fc.constantFrom(STREAM, "market_gate", PRICE, "price:d00001", "scan", "nope");
    const request = fc.record({
      isIn: fc.boolean(),
      topics: fc.array(names, { minLength: 1, maxLength: 4 }),
      early: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.array(request, { maxLength: 12 }), (requests) => {
        const played = new Played();
        const open: number[] = [];
        const owed = new Map<string, number>();
        for (const [id, { isIn, topics, early }] of requests.entries()) {
          const { effects } = played.text(
            { type: isIn ? "subscribe" : "unsubscribe", topics, id },
            AT + id * 11_000,
          );
          open.push(...asksOf(effects));
          const distinct = new Set(topics.map((name) => parseTopic(name)?.name ?? name));
          for (const topic of distinct) {
            owed.set(`${id} ${topic}`, 1);
          }
          const now = open.splice(0, early);
          played.do({ kind: "answered", at: AT, answers: now.map((ask) => answerTo(ask, 3)) });
        }
        played.do({ kind: "failed", at: AT, asks: open });
        const answers = messagesOf(played).flatMap((message) =>
          "topic" in message && "id" in message ? [`${message.id} ${message.topic}`] : [],
        );
        expect(answers.toSorted()).toEqual(Array.from(owed.keys()).toSorted());
        expect(played.session.asks.size).toBe(0);
      }),
      { seed: 20_250_617, numRuns: 200 },
    );
  });

  it("[WS2b] gives up a subscription on its way with its own answer, and sends nothing of it later", ({
    expect,
  }) => {
    const played = new Played();
    const [ask] = asksOf(played.text({ type: "subscribe", topic: STREAM, id: "a" }).effects);
    expect(messagesOf(played.text({ type: "unsubscribe", topic: STREAM, id: "b" }))).toMatchObject([
      { type: "error", code: "cancelled", topic: STREAM, id: "a" },
      { type: "unsubscribed", topic: STREAM, id: "b" },
    ]);
    expect(played.do({ kind: "answered", at: AT, answers: [answerTo(ask ?? 0, 4)] }).effects).toEqual([]);
    expect(played.due([fragment(STREAM, 5)], AT).effects).toEqual([]);
  });

  it("[WS2b][WS5] has one ask of a topic on its way: asking again gives up the one before, and its late answer is nothing", ({
    expect,
  }) => {
    const played = new Played();
    const asked = ["a", "b", "c"].map((id) => played.text({ type: "subscribe", topic: STREAM, id }));
    expect(asked.flatMap((one) => messagesOf(one))).toMatchObject([
      { code: "cancelled", topic: STREAM, id: "a" },
      { code: "cancelled", topic: STREAM, id: "b" },
    ]);
    expect(played.session.asks.size).toBe(1);
    const [first = 0, , last = 0] = asked.flatMap(({ effects }) => asksOf(effects));
    const answer = (ask: number, seq: number): Step =>
      played.do({
        kind: "answered",
        at: AT,
        answers: [answerTo(ask, seq, { fragments: [fragment(STREAM, seq)] })],
      });
    expect(messagesOf(answer(last, 5))).toMatchObject([{ type: "subscribed", id: "c" }, { seq: 5 }]);
    expect(answer(first, 3).effects).toEqual([]);
    expect(seqs(played.due([fragment(STREAM, 6)], AT))).toEqual([6]);
  });

  it("[WS5] gives up its own ask of a topic when the client asks", ({ expect }) => {
    const played = new Played();
    played.join(STREAM, 2);
    played.due([fragment(STREAM, 4)], AT + 2_000);
    const [own = 0] = asksOf(played.effects).slice(-1);
    const [asked = 0] = asksOf(played.text({ type: "subscribe", topic: STREAM }, AT + 2_000).effects).slice(
      -1,
    );
    expect([played.session.asks.size, asked > own]).toEqual([1, true]);
    const late = [fragment(STREAM, 3), fragment(STREAM, 4)];
    const answers = [answerTo(own, 4, { recovered: true, fragments: late })];
    expect(played.do({ kind: "answered", at: AT, answers }).effects).toEqual([]);
  });

  it("[WS13d] refuses what its address has no topic left for, within one frame too, and takes it when one is given up", ({
    expect,
  }) => {
    const played = new Played();
    played.join(PRICE);
    played.maxTopics = 2;
    const [feed, scan] = ["feed", "scan"].map((topic) => ({ type: "subscribe", topic }));
    const full = played.text([feed, scan, { type: "subscribe", topic: PRICE }]);
    expect(messagesOf(full)).toMatchObject([{ code: "topic_limit", topic: "scan" }]);
    expect(asksOf(full.effects)).toHaveLength(2);
    const moved = played.text([{ type: "unsubscribe", topic: PRICE }, scan]);
    expect(messagesOf(moved).filter(({ type }) => type === "error")).toMatchObject([{ code: "cancelled" }]);
    expect(asksOf(moved.effects)).toHaveLength(1);
  });

  it("[WS3g] refuses a topic that does not exist, at once or when its ask shows it, and keeps what it had", ({
    expect,
  }) => {
    const played = new Played();
    played.join(PRICE);
    played.unknown.add(PRICE).add("price:D00002");
    const topics = [PRICE, "price:D00002", "price:D00003"];
    const asked = played.text({ type: "subscribe", topics, id: 7 });
    expect(messagesOf(asked)).toMatchObject([{ code: "unknown_topic", topic: "price:D00002", id: 7 }]);
    const refused = played.do({ kind: "refused", at: AT, asks: asksOf(asked.effects) });
    expect(messagesOf(refused)).toMatchObject([
      { code: "unknown_topic", topic: PRICE, id: 7 },
      { code: "unknown_topic", topic: "price:D00003", id: 7 },
    ]);
    expect(played.session.asks.size).toBe(0);
    expect(Array.from(played.session.durable.topics)).toEqual([PRICE]);
    expect(messagesOf(played.text({ type: "unsubscribe", topic: PRICE }))).toEqual([
      { type: "unsubscribed", topic: PRICE },
    ]);
  });

  it("[WS3b] refuses more than 256 topics a message and more than 512 a socket, and lives", ({ expect }) => {
    const tickers = Array.from({ length: 513 }, (_, k) => `price:D${String(k).padStart(5, "0")}`);
    const played = new Played();
    expect(messagesOf(played.text({ type: "subscribe", topics: tickers.slice(0, 257) }))).toMatchObject([
      { code: "too_many_topics" },
    ]);
    expect(asksOf(played.text({ type: "subscribe", topics: tickers.slice(0, 256) }).effects)).toHaveLength(
      256,
    );
    expect(asksOf(played.text({ type: "subscribe", topics: tickers.slice(256, 511) }).effects)).toHaveLength(
      255,
    );
    const last = played.text({ type: "subscribe", topics: tickers.slice(510) });
    expect(asksOf(last.effects)).toHaveLength(2);
    expect(messagesOf(last)).toMatchObject([
      { code: "cancelled", topic: tickers[510] },
      { code: "topic_limit", topic: tickers[512] },
    ]);
    expect(messagesOf(played.text({ type: "subscribe" }))).toMatchObject([{ code: "bad_message" }]);
    expect(messagesOf(played.text('{ "type":"ping" }'))).toEqual([{ type: "pong" }]);
  });

  it("[WS3c] closes on binary, on a frame that is too long, and on the third flood; a flooded message gets an error", ({
    expect,
  }) => {
    expect(closes(new Played().do({ kind: "binary", at: AT }))).toEqual(["binary"]);
    expect(closes(new Played().text("x".repeat(16_385)))).toEqual(["tooBig"]);
    const played = new Played();
    const steps = Array.from({ length: 93 }, () => played.text(`${PING_TEXT} `));
    expect(steps.slice(0, 30).map((one) => messagesOf(one)[0])).toEqual(
      Array.from({ length: 30 }, () => ({ type: "pong" })),
    );
    expect(steps.slice(30, 31).flatMap(messagesOf)).toMatchObject([{ type: "error", code: "rate" }]);
    expect(steps.flatMap(closes)).toEqual(["rate"]);
    expect(steps.slice(92).flatMap(closes)).toEqual(["rate"]);
    const calm = new Played();
    for (let k = 0; k < 300; k++) {
      expect(closes(calm.text({ type: "ping", pad: "" }, AT + k * 400))).toEqual([]);
    }
  });

  it("[WS3c] counts an ack that claims what was never sent like any other message", ({ expect }) => {
    const played = new Played();
    played.join(STREAM);
    const steps = Array.from({ length: 100 }, (_, k) => played.text({ type: "ack", bytes: 1e12 + k * 1e6 }));
    expect(steps.flatMap(messagesOf)[0]).toMatchObject({ type: "error", code: "rate" });
    expect(steps.flatMap(closes)[0]).toBe("rate");
    const honest = new Played();
    honest.join(PRICE, 0, true);
    for (let k = 1; k <= 100; k++) {
      honest.due([{ ...fragment(PRICE, k), text: "x".repeat(20_000) }], AT);
      const { effects } = honest.text({ type: "ack", bytes: honest.session.counts.sent });
      expect(effects).toEqual([]);
    }
  });

  it("[WS13e] answers what is not read with `rate`, counts it as a message, and keeps what the socket has", ({
    expect,
  }) => {
    const played = new Played();
    played.join(PRICE, 0, true);
    const unread = (k: number): Step =>
      played.do({
        kind: "text",
        at: AT,
        text: `{"type":"subscribe","topic":"price:D0000${k}"}`,
        isTooMuch: true,
        maxTopics: 512,
        sendBudget: sendBudgetOf({ sockets: 1, borrowed: 0, unacked: 0, unackedSent: 0 }),
      });
    const first = unread(2);
    expect(messagesOf(first)).toMatchObject([{ type: "error", code: "rate" }]);
    expect([played.session.durable.topics, played.session.asks.size]).toEqual([new Set([PRICE]), 0]);
    const steps = Array.from({ length: 100 }, (_, k) => unread(k % 10));
    expect(steps.flatMap(closes)[0]).toBe("rate");
    expect(steps.findIndex((one) => closes(one).length > 0)).toBe(90);
  });

  it("[WS3d] closes a socket with nothing subscribed after 30 s, and no other", ({ expect }) => {
    const idle = new Played();
    expect(
      idle.do({ kind: "opened", at: AT, hello: HELLO, topics: [], maxTopics: 512 }).effects,
    ).toContainEqual({
      kind: "watch",
      at: AT + HANDSHAKE_MS,
    });
    expect(closes(idle.do({ kind: "looked", at: AT + HANDSHAKE_MS - 1, pinged: null }))).toEqual([]);
    expect(closes(idle.do({ kind: "looked", at: AT + HANDSHAKE_MS, pinged: AT + HANDSHAKE_MS }))).toEqual([
      "idle",
    ]);
    const busy = new Played();
    busy.join(STREAM);
    expect(closes(busy.do({ kind: "looked", at: AT + HANDSHAKE_MS, pinged: null }))).toEqual([]);
  });
});
