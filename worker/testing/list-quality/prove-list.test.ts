/** What the proof prints, when it holds, and that it does not pass over what is missing. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "vitest";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { FORM_RULES } from "../../core/vcp/form-rules.ts";
import { PARAMS } from "../../core/params.ts";
import { barDay, barsOf, timeOf } from "../builders/bar-builder.ts";
import { makeBase, makeSignal } from "../builders/signal-builder.ts";
import { ListFigures } from "./list-figures.ts";
import type { ListedDay, Listing } from "./listed-days.ts";
import { isHeld, proveList, withoutQuality } from "./prove-list.ts";

const BARS = timeOf(barsOf(200, (k) => ({ close: k === 100 ? 12_000 : k === 140 ? 11_000 : 10_000 })));
const [FIRST, LAST] = makeBase().contractions;

/** One READY listing that nothing is wrong with, but for its pivot. */
function listing(id: string, pivot = 11_000): Listing {
  const contractions = [
    { ...(FIRST ?? never()), highDay: barDay(100), lowDay: barDay(110) },
    { ...(LAST ?? never()), highDay: barDay(140), lowDay: barDay(150) },
  ];
  return { signal: makeSignal({ id, base: makeBase({ contractions, pivot }) }), bars: BARS };
}

function never(): never {
  throw new Error("The base has two contractions");
}

function evening(n: number, listings: readonly Listing[]): ListedDay {
  return {
    day: tradingDayOf(n),
    rated: 10,
    detected: listings.length,
    open: listings.map(({ signal }) => signal),
    listed: listings,
    missedBy: n === 1 ? ["QT1"] : [],
    endedBy: n === 1 ? ["squat"] : [],
    ready: listings,
  };
}

/** `days` evenings with one share each. */
function figuresOf(days: number, idOf: (n: number) => string, pivot = 11_000): ListFigures {
  const figures = new ListFigures();
  for (let n = 0; n < days; n++) {
    figures.add(evening(n, [listing(idOf(n), pivot)]));
  }
  return figures;
}

describe("the proof of the list", () => {
  it("[LQ1] counts names, bases, states, ends and what stays", ({ expect }) => {
    const figures = figuresOf(4, (n) => (n === 3 ? "b" : "a"));
    expect(figures).toMatchObject({
      days: 4,
      names: [1, 1, 1, 1],
      pairs: 3,
      waiting: 3,
      survived: 2,
      listings: 3,
      relisted: 2,
    });
    expect(figures.samples.get("T")).toEqual([2, 2, 2, 2]);
    expect([...figures.states]).toEqual([["READY", 4]]);
    expect([[...figures.endedBy], [...figures.missedBy]]).toEqual([[["squat", 1]], [["QT1", 1]]]);
  });

  it("[LQ4] holds on enough pairs, with ids that stay and nothing that must not be", ({ expect }) => {
    const sound = figuresOf(600, () => "a");
    expect(isHeld(sound, sound)).toBe(true);
    expect(
      isHeld(
        sound,
        figuresOf(401, () => "a"),
      ),
    ).toBe(false);
    expect(
      isHeld(
        sound,
        figuresOf(402, () => "a"),
      ),
    ).toBe(true);
    // One id in six leaves.
    expect(
      isHeld(
        figuresOf(600, (n) => `${Math.floor(n / 6)}`),
        sound,
      ),
    ).toBe(false);
    expect(
      isHeld(
        sound,
        figuresOf(600, (n) => `${Math.floor(n / 6)}`),
      ),
    ).toBe(true);
    for (const spoiled of [figuresOf(600, () => "a", 9_000)]) {
      expect(spoiled.counts.find(({ what }) => what.startsWith("READY"))?.seen).toHaveLength(600);
      expect(isHeld(spoiled, sound)).toBe(false);
      expect(isHeld(sound, spoiled)).toBe(false);
    }
  });

  it("[LQ4] asks for what a base is read by alone where it counts more pairs", ({ expect }) => {
    const { form } = withoutQuality(PARAMS);
    const kept = FORM_RULES.filter(({ id }) => Number.isFinite(form[id].keep)).map(({ id }) => id);
    expect(kept).toEqual(["BS1", "CT1", "PV2"]);
    expect(kept.map((id) => form[id])).toEqual(kept.map((id) => PARAMS.form[id]));
  });

  it("[LQ1] refuses a folder without bars", async ({ expect }) => {
    const empty = mkdtempSync(join(tmpdir(), "list-"));
    await expect(proveList(empty, () => {})).rejects.toThrow(/no such file/u);
  });
});
