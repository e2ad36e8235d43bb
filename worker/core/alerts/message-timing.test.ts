import * as fc from "fast-check";
import { describe, it } from "vitest";
import { MOST_ATTEMPTS, messageDue, retryAt } from "./message-timing.ts";

interface Open {
  readonly openedAt: number;
  readonly lastAt: number;
  readonly count: number;
}

type Message = readonly [at: number, events: number];

function closing(messages: readonly Message[], { openedAt, lastAt, count }: Open): Message {
  const earlier = messages.map(([at]) => at).filter((at) => at > lastAt - 60_000);
  return [messageDue({ openedAt, lastAt, earlier }), count];
}

/** Events at these times, each taken when it comes: the messages as [closed at, events]. */
function messagesOf(times: readonly number[]): readonly Message[] {
  const messages: Message[] = [];
  let open: Open = { openedAt: times[0] ?? 0, lastAt: times[0] ?? 0, count: 0 };
  for (const time of times) {
    const message = closing(messages, open);
    if (open.count > 0 && message[0] <= time) {
      messages.push(message);
      open = { openedAt: time, lastAt: time, count: 1 };
    } else {
      open = { openedAt: open.openedAt, lastAt: time, count: open.count + 1 };
    }
  }
  return [...messages, closing(messages, open)];
}

describe("when a message is due", () => {
  it("[AL8] makes one message of a hundred events, at once or spread over a minute", ({ expect }) => {
    expect(messagesOf(Array.from({ length: 100 }, () => 0))).toEqual([[1_000, 100]]);
    expect(messagesOf(Array.from({ length: 100 }, (_, i) => i * 600))).toEqual([[60_000, 100]]);
    expect(messagesOf([0, 5_000])).toEqual([
      [1_000, 1],
      [6_000, 1],
    ]);
  });

  it("[AL8] never has more than five in a minute, and keeps no event for more than two", ({ expect }) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 60 }), (gaps) => {
        let now = 0;
        const times = gaps.map((gap) => (now += gap));
        const sent = messagesOf(times).map(([at]) => at);
        sent.forEach((at, i) =>
          expect(at - (sent[i - 5] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(60_000),
        );
        times.forEach((time) =>
          expect(Math.min(...sent.filter((at) => at >= time)) - time).toBeLessThanOrEqual(120_000),
        );
      }),
    );
  });

  it("[AL9] is tried again ever later, up to an hour, and given up after eight attempts or a day", ({
    expect,
  }) => {
    const base = { createdAt: 0, now: 0, afterMs: null, random: 0.5 };
    const waits = Array.from({ length: MOST_ATTEMPTS }, (_, i) => retryAt({ ...base, attempt: i + 1 }));
    expect(waits).toEqual([5_000, 15_000, 45_000, 135_000, 405_000, 1_215_000, 3_600_000, null]);
    expect(retryAt({ ...base, attempt: 1, afterMs: 90_000 })).toBe(90_000);
    expect(retryAt({ ...base, attempt: 1, now: 86_400_000 })).toBe(null);
    expect([0, 0.999_999].map((random) => retryAt({ ...base, attempt: 1, random }))).toEqual([4_000, 6_000]);
  });
});
