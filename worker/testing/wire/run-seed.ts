/** One seed: twenty seconds of chaos, then a world at rest in which everybody must come to hold the same. */
import { exchangeOf } from "../../core/instrument/exchange-profile.ts";
import { makeRandom } from "../chance/random.ts";
import { Chaos, TICKERS } from "./chaos.ts";
import { NO_CALL_FAULTS } from "./world/network.ts";
import { switchDifferences } from "./switch-differences.ts";
import { World } from "./world/world.ts";

/** One seed of so many has bursts beyond the ring. */
const HEAVY_EVERY = 64;

const SWITCHING_EVERY = 4;

/** By seed: in three of eight worlds readers are held back by a small window or by the share of 2,000, or fall behind. */
const LOADS: readonly { readonly crowd: number | null; readonly weight: number }[] = [
  { crowd: null, weight: 0 },
  { crowd: null, weight: 0 },
  { crowd: 2_000, weight: 0 },
  { crowd: null, weight: 0 },
  { crowd: 41_943, weight: 30_000 },
  { crowd: null, weight: 0 },
  { crowd: null, weight: 80_000 },
  { crowd: null, weight: 0 },
];

const CHAOS_MS = 20_000;
/** Longer than the slowest call is on its way. */
const CALM_MS = 22_000;
const LOOK_MS = 5_000;
/** A page knows of a dead line by then (LV3). */
const SILENCE_MS = 33_000;
const PATIENCE_MS = 1_500_000;

export interface SeedResult {
  /** What broke; none: every promise was kept. */
  readonly problems: readonly string[];
  /** Messages of streams that reached an application. */
  readonly applied: number;
  readonly sockets: number;
  /** Switches of the exchange that were recorded, and objects that died in an await of one. */
  readonly switches: number;
  readonly switchDeaths: number;
}

export async function runSeed(
  seed: number,
  trace: ((line: string) => void) | null = null,
): Promise<SeedResult> {
  const random = makeRandom(seed);
  const world = new World(random, [0.25, 0.5, 1][Math.floor(random() * 3)] ?? 1);
  const load = LOADS[seed % LOADS.length];
  world.objects.crowd = load?.crowd ?? null;
  world.objects.weight = load?.weight ?? 0;
  world.platform.trace = trace;
  const { stackTraceLimit } = Error;
  // Failures of neighbours are made by the thousand, and only a replay needs to show where a fault of ours came from.
  Error.stackTraceLimit = trace === null ? 0 : stackTraceLimit;
  const giveBack = world.platform.install();
  try {
    const chaos = new Chaos(world, seed % HEAVY_EVERY === 0, seed % SWITCHING_EVERY === 1);
    await live(world, chaos);
    await rest(world, chaos);
    return resultOf(world, chaos);
  } finally {
    giveBack();
    Error.stackTraceLimit = stackTraceLimit;
  }
}

async function live(world: World, chaos: Chaos): Promise<void> {
  const { platform, network } = world;
  const end = platform.timeline.now + CHAOS_MS;
  network.faults = chaos.faults();
  world.store.fault = platform.random() < 0.3 ? 0.1 : 0;
  world.store.isSlow = platform.random() < 0.5;
  world.objects.switchDeath = platform.random() < 0.5 ? 0.15 : 0;
  const pace = 400 + platform.random() * 2_000;
  chaos.begin();
  const next = (): void => {
    if (platform.timeline.now < end) {
      chaos.act();
      platform.timeline.after(platform.random() * 2 * pace, next);
    }
  };
  platform.timeline.after(platform.random() * pace, next);
  await world.runUntil(end);
}

async function rest(world: World, chaos: Chaos): Promise<void> {
  const { platform, network } = world;
  network.faults = NO_CALL_FAULTS;
  world.store.fault = 0;
  world.store.isSlow = false;
  world.objects.switchDeath = 0;
  chaos.heal();
  // Every reader comes to hold the same without a further message...
  await settle(world, chaos);
  await world.runUntil(platform.timeline.now + CALM_MS);
  await findDeadLines(world, chaos);
  // ...and one more message reaches each of them, so that none was forgotten.
  chaos.finish();
  await settle(world, chaos);
}

/** Every page finds by itself that its line is dead, whatever its machine's clock shows. */
async function findDeadLines(world: World, chaos: Chaos): Promise<void> {
  const blind = chaos.darken();
  await world.runUntil(world.platform.timeline.now + SILENCE_MS);
  for (const { name } of blind()) {
    world.report(`[LV19] ${name} does not know that its line is dead`);
  }
}

async function settle(world: World, chaos: Chaos): Promise<void> {
  const { timeline } = world.platform;
  const end = timeline.now + PATIENCE_MS;
  while (world.problems.length === 0 && timeline.now < end) {
    chaos.tickFeed();
    await world.runUntil(timeline.now + LOOK_MS);
    if (differences(world, chaos).length === 0) {
      return;
    }
  }
  differences(world, chaos).forEach((difference) => {
    world.report(difference);
  });
}

/** What differs from what must be in a world at rest. */
function differences(world: World, chaos: Chaos): readonly string[] {
  const { publisher } = world;
  const list: string[] = [];
  if (!publisher.isEmpty) {
    list.push("[WS8] not everything is published");
  }
  list.push(...switchDifferences(world));
  for (const { name, streams, values } of chaos.pages) {
    for (const reader of streams.values()) {
      if (!reader.isCurrent) {
        list.push(`[WS7] ${name}: ${reader.picture}`);
      }
    }
    for (const ticker of TICKERS.filter((one) => exchangeOf(one) === world.exchange)) {
      const price = values.get(`price:${ticker}`)?.price;
      if (price !== undefined && price !== (world.objects.prices.get(ticker) ?? null)) {
        list.push(`[WS4] ${name}: ${ticker} is ${world.objects.prices.get(ticker)}, not ${price}`);
      }
    }
  }
  for (const reader of chaos.plain.filter(({ isCurrent }) => !isCurrent)) {
    list.push(`[WS4a] ${reader.picture}`);
  }
  for (const object of world.objects.all()) {
    for (const { line } of object.sockets) {
      line.watch?.owed.forEach((request) => list.push(`[WS2b] ${object.name} owes an answer to: ${request}`));
    }
  }
  return list;
}

function resultOf(world: World, chaos: Chaos): SeedResult {
  const readers = chaos.pages.flatMap(({ streams }) => [...streams.values()]);
  return {
    problems: world.problems,
    applied: readers.reduce((sum, { applied }) => sum + applied, 0),
    sockets: world.sockets,
    switches: world.store.recorded.generation,
    switchDeaths: world.objects.switchDeaths,
  };
}
