/** A session of a real Worker before the fake of KIS that a bench begins, tends and ends: two benches measure other ends of the same way. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeRandom } from "../testing/chance/random.ts";
import { type LiveShare, LiveSubject, type LiveSubjectOptions } from "../testing/live-kills/live-subject.ts";
import { waitUntil } from "../testing/stage/wait-until.ts";

const TEND_MS = 2_000;
const LIVE_MS = 60_000;

export interface LiveStage {
  readonly subject: LiveSubject;
  readonly stop: () => Promise<void>;
}

/** Resolves when the prices are live and every share of `followed` is registered at the vendor. */
export async function openLiveStage(
  followed: (share: LiveShare) => boolean,
  options: Pick<LiveSubjectOptions, "vars"> = {},
): Promise<LiveStage> {
  const stateDir = await mkdtemp(join(tmpdir(), "vcp-live-bench-"));
  const { vars } = options;
  const subject = await LiveSubject.open({ stateDir, random: makeRandom(1), ...(vars && { vars }) });
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
    const tickers = subject.shares.flatMap((share) => (followed(share) ? [share.ticker] : []));
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
  return { subject, stop };
}
