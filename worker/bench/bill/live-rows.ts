/** What a session with live prices asks of the platform, and the night after it: a real Worker before the fake of KIS, with open signals. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeRandom } from "../../testing/chance/random.ts";
import { SESSION } from "../../testing/live-kills/live-bars.ts";
import { LiveSubject } from "../../testing/live-kills/live-subject.ts";
import { Crowd } from "../../testing/load/crowd.ts";
import { workerdSeconds } from "../../testing/load/process-figures.ts";
import { inSeoul } from "../../testing/stage/real-days.ts";
import { waitUntil } from "../../testing/stage/wait-until.ts";
import { type Counts, lineOf, takeCounts } from "./count-table.ts";

const PAGES = 5;
const MINUTE_MS = 60_000;
const LIVE_MS = 60_000;
const SETTLE_MS = 5_000;
const REST_MS = 15_000;
const PATIENCE_MS = 300_000;
/** A night in four minutes. */
const NIGHT_SPEED = 240;
const [BEFORE_CLOSE, AFTER_HOURS, NEXT_OPENING] = [15 * 60, 16 * 60 + 5, 24 * 60 + 8 * 60 + 50];

function print(what: string, counts: Counts, more: string): void {
  process.stdout.write(`${lineOf(what, counts)}; ${more}\n`);
}

/** What imports and the start set going is no part of a session: a study, a retention, each at the book's alarm. */
async function rest(url: string): Promise<void> {
  const isAtRest = async (): Promise<boolean> => {
    await takeCounts(url);
    await sleep(REST_MS);
    return (await takeCounts(url))["MarketBook.alarm"] === undefined;
  };
  await waitUntil(isAtRest, "the book's alarm rings no more", PATIENCE_MS);
}

async function minute(subject: LiveSubject, what: string): Promise<void> {
  const { worker } = subject.days;
  await sleep(SETTLE_MS);
  await takeCounts(worker.url);
  const before = workerdSeconds(worker.pid);
  await sleep(MINUTE_MS);
  const cpu = workerdSeconds(worker.pid) - before;
  print(what, await takeCounts(worker.url), `${cpu.toFixed(1)} s of CPU`);
}

/** From the last half hour of the session to the next morning; counted from after the close on. */
async function night(subject: LiveSubject): Promise<void> {
  const { days } = subject;
  await days.startAt(inSeoul(SESSION, BEFORE_CLOSE), { sources: "kis", speed: NIGHT_SPEED });
  const until = async (minuteOfDay: number): Promise<void> => {
    await sleep(Math.max(0, (inSeoul(SESSION, minuteOfDay) - days.now()) / NIGHT_SPEED));
  };
  await until(AFTER_HOURS);
  await subject.pause();
  await takeCounts(days.worker.url);
  await until(NEXT_OPENING);
  const counts = await takeCounts(days.worker.url);
  const feed = Object.entries(counts).filter(([name]) => name.startsWith("MarketFeed."));
  const named = feed.map(([name, count]) => `${name} ${count}`).join(", ");
  print(
    "live: the night after, 16:05 to 08:50, without the clock",
    counts,
    `of the feed: ${named || "nothing"}`,
  );
}

export async function liveRows(): Promise<void> {
  const stateDir = await mkdtemp(join(tmpdir(), "vcp-bill-"));
  const subject = await LiveSubject.open({
    stateDir,
    random: makeRandom(1),
    entry: "worker/bench/bill/counting-worker.ts",
    config: "wrangler.toml",
  });
  try {
    await subject.begin();
    subject.play();
    const isLive = async (): Promise<boolean> => (await subject.health()).feed?.state === "live";
    await waitUntil(isLive, "prices are live", LIVE_MS);
    await rest(subject.days.worker.url);
    await minute(subject, "live: a minute of a session, nobody looks");
    const crowd = new Crowd({
      port: Number(new URL(subject.days.worker.url).port),
      path: "/ws",
      size: PAGES,
      topics: [
        "signal:vcp",
        "market_gate",
        "scan",
        "feed",
        "index:KOSPI",
        "index:KOSDAQ",
        ...subject.shares.map(({ ticker }) => `price:${ticker}`),
      ],
      tick: () => undefined,
    });
    await crowd.gather();
    await minute(subject, "live: a minute of a session, five pages");
    crowd.leave();
    await night(subject);
  } finally {
    await subject.end();
    await rm(stateDir, { recursive: true, force: true });
  }
}
