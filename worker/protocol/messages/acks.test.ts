import { describe, it } from "vitest";
import { type Acks, confirmAfter, confirmDue, nextAckAt, NO_ACKS, receive } from "./acks.ts";

/** Reads `frames` of 16,000 units, four a second from `at` on, and confirms when it is due; the units of each ack. */
function read(
  before: Acks,
  frames: number,
  at = 0,
): { readonly acks: Acks; readonly confirmed: readonly number[] } {
  let acks = before;
  const confirmed: number[] = [];
  for (let n = 0; n < frames; n++) {
    const now = at + n * 250;
    acks = receive(acks, 16_000, now);
    const due = nextAckAt(acks);
    if (due !== null && due <= now) {
      const next = confirmDue(acks, now);
      confirmed.push(next.confirmed - acks.confirmed);
      acks = next;
    }
  }
  return { acks, confirmed };
}

describe("acks", () => {
  it("[LV9a] come after the amount that the server states, and after 65,536 with one that states none", ({
    expect,
  }) => {
    expect(read(NO_ACKS, 20).confirmed).toEqual([80_000, 80_000, 80_000, 80_000]);
    expect(read(confirmAfter(NO_ACKS, undefined), 20).confirmed).toEqual([80_000, 80_000, 80_000, 80_000]);
    expect(read(confirmAfter(NO_ACKS, 114_688), 24).confirmed).toEqual([128_000, 128_000, 128_000]);
    expect(read(confirmAfter(NO_ACKS, 1), 5).confirmed).toEqual([80_000]);
  });

  it("[LV9a] come earlier once the server fell silent with much open, because it may have waited", ({
    expect,
  }) => {
    const { acks, confirmed } = read(confirmAfter(NO_ACKS, 114_688), 3);
    expect([confirmed, nextAckAt(acks)]).toEqual([[], 1_000]);
    const after = confirmDue(acks, 1_000);
    expect(read(after, 10, 2_000).confirmed).toEqual([80_000, 80_000]);
  });
});
