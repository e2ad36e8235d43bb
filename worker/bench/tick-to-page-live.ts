/** The dashboard of a real Worker in a session of a real exchange: each trade that the fake of KIS sends has a price that no other one has. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { makeRandom } from "../testing/chance/random.ts";
import { LiveSubject } from "../testing/live-kills/live-subject.ts";
import { now } from "../testing/load/crowd.ts";
import { keepRate } from "../testing/load/rate.ts";
import { waitUntil } from "../testing/stage/wait-until.ts";
import { tickOfPrice } from "./tick-to-page-probe.ts";

/** Each is a frame of the vendor's own. */
const TRADES_A_SECOND = 20;
const TEND_MS = 2_000;
const LIVE_MS = 60_000;

export interface LivePage {
  open(page: Page): Promise<void>;
  /** Sends trades for so long; resolves with the moment of each, by its tick as the probe counts. */
  move(seconds: number): Promise<ReadonlyMap<number, number>>;
  stop(): Promise<void>;
}

/** The page must have been built. Resolves when the prices are live. */
export async function openLivePage(): Promise<LivePage> {
  const stateDir = await mkdtemp(join(tmpdir(), "vcp-live-page-"));
  const subject = await LiveSubject.open({ stateDir, random: makeRandom(1) });
  // The page opens with what can be acted on: of the others it shows no price.
  const tickers = subject.shares.flatMap(({ ticker, isWaiting }) => (isWaiting ? [ticker] : []));
  let sent = 0;
  const tending = setInterval(() => {
    subject.tend();
  }, TEND_MS);
  const stop = async (): Promise<void> => {
    clearInterval(tending);
    await subject.end();
    await rm(stateDir, { recursive: true, force: true });
  };
  try {
    await subject.begin();
    const { socket } = subject.days.vendors.kis;
    await waitUntil(
      async () =>
        (await subject.health()).feed?.state === "live" &&
        tickers.every((ticker) => socket.registered().includes(ticker)),
      "every share with an open signal is followed",
      LIVE_MS,
    );
  } catch (error) {
    await stop();
    throw error;
  }
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
