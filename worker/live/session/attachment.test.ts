/** What of a session survives the sleep of its object. */
import { describe, it } from "vitest";
import { AT, Played, PRICE, STREAM } from "../../testing/stage/played-session.ts";
import { decodeAttachment, encodeAttachment } from "./attachment.ts";

describe("attachment", () => {
  it("[WS12a] carries a session through hibernation, about 1 KB of it with 54 topics", ({ expect }) => {
    const played = new Played();
    played.join(STREAM, 7, true);
    played.join("market_gate", 3);
    for (let k = 0; k < 52; k++) {
      played.join(`price:D${String(k).padStart(5, "0")}`);
    }
    const stored: unknown = structuredClone(encodeAttachment(played.session));
    const { nextAsk, ...session } = played.session;
    expect(decodeAttachment(stored)).toMatchObject(session);
    expect(nextAsk + session.counts.lastPush).toBeGreaterThan(0);
    expect(JSON.stringify(stored).length).toBeLessThan(2_048);
    expect(decodeAttachment({ v: 2 })).toBeNull();
  });

  it("[WS12a] restores what the version before stored, in every state of a session", ({ expect }) => {
    const stored = {
      v: 3,
      id: "c1",
      address: "192.0.2.1",
      opened: AT,
      subscribed: true,
      topics: `${STREAM} ${PRICE}`,
      open: STREAM,
      places: [[STREAM, "e", 7]],
      acks: true,
      sent: 300_000,
      acked: 1_000,
      lagging: AT + 5,
      heard: AT + 3,
      pushed: AT + 4,
      flood: [AT, 12, 2],
    };
    const kept = {
      id: "c1",
      address: "192.0.2.1",
      openedAt: AT,
      asks: new Map(),
      nextAsk: 1,
      durable: {
        hasSubscribed: true,
        topics: new Set([STREAM, PRICE]),
        positions: new Map([[STREAM, { epoch: "e", seq: 7 }]]),
        incomplete: new Set([STREAM]),
        strikes: 2,
      },
      counts: {
        sent: 300_000,
        lastReceived: AT + 3,
        lastPush: AT + 4,
        flood: { since: AT, count: 12 },
      },
    };
    const states = [
      [stored, { ...kept, reads: "lagging", acked: 1_000, laggingSince: AT + 5 }],
      [
        { ...stored, lagging: null },
        { ...kept, reads: "acking", acked: 1_000, pending: [] },
      ],
      [
        { ...stored, acks: false, acked: 0, lagging: null },
        { ...kept, reads: "unacked", pending: [] },
      ],
    ] as const;
    for (const [attachment, session] of states) {
      const restored = decodeAttachment(attachment);
      expect(restored).toEqual(session);
      expect(restored && encodeAttachment(restored)).toEqual(attachment);
    }
  });
});
