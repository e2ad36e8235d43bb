import fc from "fast-check";
import { describe, it } from "vitest";
import { ERRORS } from "./codes.ts";
import { decodeClient, decodeServer, encodeFrame, MAX_CLIENT_FRAME } from "./codec.ts";
import { encodeError, encodeReset } from "./session-message.ts";
import { placeBody } from "./server-message.ts";
import { topicsOf } from "./client-message.ts";

const SEED = 20_250_617;

describe("decodeClient", () => {
  it("[WS3a] reads one message or an array of them, and passes over fields it does not know", ({
    expect,
  }) => {
    expect(decodeClient('{"type":"subscribe","topic":"feed","novel":[1]}')).toEqual([
      { ok: true, message: { type: "subscribe", topic: "feed" } },
    ]);
    expect(decodeClient('[{"type":"ping"},{"type":"nope"},{"type":"ack","bytes":-1}]')).toEqual([
      { ok: true, message: { type: "ping" } },
      { ok: false, error: "unknown_type" },
      { ok: false, error: "bad_message" },
    ]);
    const since = { "signal:vcp": { epoch: "e", seq: 4 } };
    expect(
      decodeClient(JSON.stringify({ type: "subscribe", topics: ["a", "a"], since, id: 7, ack: true })),
    ).toEqual([{ ok: true, message: { type: "subscribe", topics: ["a", "a"], since, id: 7, ack: true } }]);
  });

  it.for([
    ["", "bad_json"],
    ["{", "bad_json"],
    ["null", "bad_message"],
    ["[]", "bad_message"],
    ["[[]]", "bad_message"],
    ['"subscribe"', "bad_message"],
    ['{"type":7}', "bad_message"],
    ['{"type":"constructor"}', "unknown_type"],
    ['{"type":"__proto__"}', "unknown_type"],
    ['{"__proto__":{"type":"ping"}}', "bad_message"],
    ['{"type":"subscribe","topic":7}', "bad_message"],
    ['{"type":"subscribe","topics":"feed"}', "bad_message"],
    ['{"type":"subscribe","topic":"feed","since":{"feed":{"epoch":"e","seq":-1}}}', "bad_message"],
    ['{"type":"ack","bytes":"1"}', "bad_message"],
    ["[".repeat(8_000) + "]".repeat(8_000), "bad_message"],
    [JSON.stringify({ type: "ping", pad: "x".repeat(MAX_CLIENT_FRAME) }), "bad_message"],
    [JSON.stringify(Array.from({ length: 33 }, () => ({ type: "ping" }))), "bad_message"],
  ] as const)("[WS3a] answers %s with %s", ([text, error], { expect }) => {
    expect(decodeClient(text)).toEqual([{ ok: false, error }]);
  });

  it("[WS3e] takes nothing from keys of prototypes", ({ expect }) => {
    const since = '{"__proto__":{"epoch":"e","seq":1},"constructor":{"epoch":"e","seq":2}}';
    const more = `"since":${since},"__proto__":{"ack":true,"topics":["scan"]},"constructor":{"prototype":{"ack":true}}`;
    const [entry] = decodeClient(`{"type":"subscribe","topic":"feed",${more}}`);
    expect(entry).toEqual({ ok: true, message: { type: "subscribe", topic: "feed", since: {} } });
    const message = entry?.ok && entry.message.type === "subscribe" ? entry.message : null;
    expect([message?.ack, message?.topics, message?.since?.["epoch"]]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([Object.keys(Object.prototype), "ack" in {}]).toEqual([[], false]);
  });

  it("[WS3a] never throws and always has an entry, whatever arrives", ({ expect }) => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.array(fc.constantFrom("{", "[", '"', "type", ":", ",", "}", "]")).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(text, (frame) => {
        expect(decodeClient(frame).length).toBeGreaterThan(0);
        expect(() => decodeServer(frame)).not.toThrow();
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});

describe("topicsOf", () => {
  it("[WS2a] names each topic once, in the order of the message", ({ expect }) => {
    expect(topicsOf({ type: "subscribe", topic: "b", topics: ["a", "b", "c", "a"] })).toEqual([
      "b",
      "a",
      "c",
    ]);
    expect(topicsOf({ type: "unsubscribe" })).toEqual([]);
  });
});

describe("decodeServer", () => {
  it("[WS1a] reads back every message of a frame, and counts what it does not know", ({ expect }) => {
    const gate = encodeReset("market_gate", { epoch: 'e"1', seq: 3 });
    const error = encodeError("unknown_topic", "x".repeat(300), 9);
    const frame = encodeFrame([gate, error, '{"type":"of_tomorrow"}']);
    expect(decodeServer(frame)).toEqual({
      messages: [
        { type: "reset", topic: "market_gate", epoch: 'e"1', seq: 3 },
        { type: "error", code: "unknown_topic", message: ERRORS.unknown_topic, topic: "x".repeat(64), id: 9 },
      ],
      unknown: 1,
    });
    expect(encodeFrame([gate])).toBe(gate);
    expect(decodeServer("[".repeat(20))).toBeNull();
    expect(decodeServer("{")).toBeNull();
  });

  it("[WS1a] puts a place into a serialised message without touching the rest of it", ({ expect }) => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.string(),
        fc.nat(),
        (message, epoch, seq) => {
          const { epoch: _, seq: __, ...rest } = message;
          const placed: unknown = JSON.parse(placeBody(JSON.stringify(rest), { epoch, seq }));
          expect(placed).toEqual(JSON.parse(JSON.stringify({ ...rest, epoch, seq })));
        },
      ),
      { seed: SEED },
    );
  });
});
