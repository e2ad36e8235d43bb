/** The dashboard of a real Worker in a session of a real exchange: each trade that the fake of KIS sends has a price that no other one has. */
import type { Page } from "playwright-core";
import { now } from "../testing/load/crowd.ts";
import { keepRate } from "../testing/load/rate.ts";
import { openLiveStage } from "./live-stage.ts";
import { tickOfPrice } from "./tick-to-page-probe.ts";

/** Each is a frame of the vendor's own. */
const TRADES_A_SECOND = 20;

export interface LivePage {
  open(page: Page): Promise<void>;
  /** Sends trades for so long; resolves with the moment of each, by its tick as the probe counts. */
  move(seconds: number): Promise<ReadonlyMap<number, number>>;
  stop(): Promise<void>;
}

/** The page must have been built. Resolves when the prices are live. */
export async function openLivePage(): Promise<LivePage> {
  // The page opens with what can be acted on: of the others it shows no price.
  const { subject, stop } = await openLiveStage(({ isWaiting }) => isWaiting);
  const tickers = subject.shares.flatMap(({ ticker, isWaiting }) => (isWaiting ? [ticker] : []));
  let sent = 0;
  return {
    open: async (page) => {
      await page.goto(subject.days.worker.url);
    },
    move: async (seconds) => {
      const moments = new Map<number, number>();
      await keepRate({
        hz: TRADES_A_SECOND,
        ticks: seconds * TRADES_A_SECOND,
        first: 1,
        move: () => {
          const ticker = tickers[sent % tickers.length] ?? "";
          // Their closes are hundreds of won apart, and so are close and trigger: no trade moves a signal.
          const price = subject.truth.of(ticker).base + 1 + Math.floor(sent / tickers.length);
          sent += 1;
          moments.set(tickOfPrice(price), now());
          subject.trade(ticker, price);
          return Promise.resolve();
        },
      });
      return moments;
    },
    stop,
  };
}
