/** Rows of shares that never existed: walks with phases of trend and of quiet, halts, noise and volume, on the KRX price grid. */
import type { Row } from "../../core/bars/columns.ts";
import { tickDown, tickUp } from "../../core/bars/tick-size.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { makeNormal, makeRandom } from "../chance/random.ts";

interface Phase {
  readonly bars: number;
  readonly drift: number;
  readonly spread: number;
  readonly volume: number;
}

/** An advance, then ever quieter phases, in which bases are found and just missed. */
function phasesOf(random: () => number): Phase[] {
  const phases: Phase[] = [];
  let spread = 0.012 + 0.022 * random();
  let volume = 400_000;
  for (let i = 0; i < 9; i++) {
    const rising = i < 2 && random() < 0.75;
    phases.push({
      bars: 15 + Math.floor(45 * random()),
      drift: rising ? 0.002 + 0.005 * random() : 0.004 * (random() - 0.5),
      spread,
      volume,
    });
    spread *= i < 2 ? 1 : 0.6 + 0.5 * random();
    volume *= i < 2 ? 1 : 0.7 + 0.45 * random();
  }
  return phases;
}

/** Between 135 and 530 rows; about one series in three has runs of 1 to 14 halted rows. */
export function randomSeries(seed: number): readonly Row[] {
  const random = makeRandom(seed);
  const normal = makeNormal(random);
  const halting = random() < 0.35;
  const rows: Row[] = [];
  let close = tickDown(2_000 * 60 ** random(), "krx");
  let halted = 0;
  for (const phase of phasesOf(random)) {
    for (let i = 0; i < phase.bars; i++) {
      const day = tradingDayOf(19_000 + rows.length);
      const rest = { value: null, shares: null, base: null };
      halted = halted > 0 ? halted - 1 : halting && random() < 0.008 ? 1 + Math.floor(14 * random()) : 0;
      if (halted > 0) {
        rows.push({ day, open: 0, high: 0, low: 0, close, volume: 0, ...rest });
        continue;
      }
      const open = tickDown(close * Math.exp(0.3 * phase.spread * normal()), "krx");
      const move = Math.max(-0.28, Math.min(0.28, phase.drift + phase.spread * normal()));
      close = tickDown(close * Math.exp(move), "krx");
      rows.push({
        day,
        open,
        high: tickUp(Math.max(open, close) * (1 + 0.5 * phase.spread * random()), "krx"),
        low: tickDown(Math.min(open, close) * (1 - 0.5 * phase.spread * random()), "krx"),
        close,
        volume: Math.ceil(phase.volume * Math.exp(0.5 * normal())),
        ...rest,
      });
    }
  }
  return rows;
}
