/** What sockets that stand still can make their object hold, whichever of them are sent to first. */
import { describe, it } from "vitest";
import { borrowedOf, confirmAfter, sendBudgetOf, WINDOW } from "./send-budget.ts";

const ALL = 80 * 1_048_576;
const FRAME = 1_000;

/** Sends frames until every socket waits; `inTurn`: one frame each, else as many as the first one takes, then the next. */
function fill(sockets: number, inTurn: boolean): { readonly total: number; readonly least: number } {
  const outstanding = Array.from({ length: sockets }, () => 0);
  let borrowed = 0;
  const send = (n: number): boolean => {
    const before = outstanding[n] ?? 0;
    if (before > sendBudgetOf({ sockets, borrowed, unacked: 0, unackedSent: 0 }).window) {
      return false;
    }
    outstanding[n] = before + FRAME;
    borrowed += borrowedOf(before + FRAME) - borrowedOf(before);
    return true;
  };
  for (let isGoing = true; isGoing;) {
    isGoing = false;
    for (let n = 0; n < sockets; n++) {
      while (send(n)) {
        isGoing = true;
        if (inTurn) {
          break;
        }
      }
    }
  }
  return { total: outstanding.reduce((sum, one) => sum + one, 0), least: Math.min(...outstanding) };
}

describe("send budget", () => {
  it("[WS9d] bounds what all sockets of an object have on their way, however many they are", ({ expect }) => {
    for (const sockets of [1, 100, 320, 1_000, 2_000]) {
      for (const inTurn of [true, false]) {
        const { total, least } = fill(sockets, inTurn);
        expect(total).toBeLessThanOrEqual(ALL + sockets * FRAME);
        // A page confirms 32 KiB at a time: with less of a window it would wait for more, and the server for its ack.
        expect(least).toBeGreaterThan(32_768);
      }
      const { window } = sendBudgetOf({ sockets, borrowed: 0, unacked: 0, unackedSent: 0 });
      expect(window).toBeLessThanOrEqual(WINDOW);
    }
  });

  it("[WS9d] lets who stands still take what is lent, and nothing of what another has for itself", ({
    expect,
  }) => {
    const { window } = sendBudgetOf({ sockets: 1_000, borrowed: 1e12, unacked: 0, unackedSent: 0 });
    expect(window).toBeCloseTo(ALL / 2_000);
  });

  it("[WS9e] asks for an ack before readers that keep up have borrowed what there is, whatever their number", ({
    expect,
  }) => {
    expect([1, 500, 800, 1_000, 2_000].map(confirmAfter)).toEqual([114_688, 114_688, 83_886, 67_108, 65_536]);
    for (const sockets of [1, 100, 400, 800, 1_000, 1_200]) {
      // Between two acks a reader has everything from nothing to that amount, and half a second at 64 KB/s, unconfirmed.
      const after = confirmAfter(sockets);
      const steps = Array.from({ length: 100 }, (_, n) => borrowedOf(32_000 + ((n + 0.5) / 100) * after));
      const borrowed = (sockets * steps.reduce((sum, one) => sum + one, 0)) / steps.length;
      const { window } = sendBudgetOf({ sockets, borrowed, unacked: 0, unackedSent: 0 });
      expect(window).toBeGreaterThan(after + 32_000);
    }
  });
});
