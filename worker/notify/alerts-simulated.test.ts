import { describe, it } from "vitest";
import type { AlertEvent, ToldAlert } from "../core/alerts/alert-event.ts";
import type { AlertRule } from "../core/alerts/alert-rule.ts";
import { makeRule } from "../testing/builders/alert-builder.ts";
import { makeRandom } from "../testing/chance/random.ts";
import { type Inbox, SimulatedAlerts, takenBack, touchOf } from "../testing/alerts/simulated-alerts.ts";

const SEEDS = 1_000;

/** Two rules that ask for the same at other channels, and one for less. */
const RULES: readonly AlertRule[] = [
  makeRule({ id: "all", kinds: ["touched", "failed"], channels: ["bot", "hook"] }),
  makeRule({ id: "touched", kinds: ["touched"], channels: ["slow"] }),
  makeRule({ id: "digest", kinds: ["failed"], channels: ["hook"], digest: true }),
];

interface Lived {
  readonly world: SimulatedAlerts;
  /** Each event, and how often it was taken back. */
  readonly stands: ReadonlyMap<string, boolean>;
}

/** Some minutes in which things happen, are taken back and happen again, in a world of this danger. */
async function live(seed: number, danger: number): Promise<Lived> {
  const random = makeRandom(seed * 7 + 1);
  const world = new SimulatedAlerts(seed, danger);
  await world.begin(RULES);
  const stands = new Map<string, boolean>();
  const told: ToldAlert[] = [];
  const add = (event: AlertEvent): void => {
    world.add(event);
  };
  for (let i = 0; i < 14; i++) {
    const standing = told.filter(({ id }) => stands.get(id));
    const taken = standing[Math.floor(random() * standing.length)];
    if (taken !== undefined && random() < 0.3) {
      add(takenBack(taken, world.now, `@run${i}`));
      stands.set(taken.id, false);
    } else {
      const kind = random() < 0.6 ? "touched" : "failed";
      const event = touchOf(Math.floor(random() * 6), kind, world.now, `@run${i}`);
      if (!standing.some(({ id }) => id.split("@")[0] === event.id.split("@")[0])) {
        add(event);
        told.push(event);
        stands.set(event.id, true);
      }
    }
    await world.until(world.now + Math.floor(random() * (random() < 0.3 ? 40_000 : 1_500)));
  }
  await world.end();
  return { world, stands };
}

function idsOf(inbox: Inbox, isCorrection: boolean): readonly string[] {
  return [...inbox.values()]
    .filter(({ kind }) => (kind === "correction") === isCorrection)
    .flatMap(({ events }) => events.map(({ id }) => id));
}

/** What a receiver was told and what was taken back again, as faults. */
function faultsOf(
  name: string,
  inbox: Inbox,
  stands: ReadonlyMap<string, boolean>,
  wants: (id: string) => number,
): string[] {
  const [told, corrected] = [idsOf(inbox, false), idsOf(inbox, true)];
  const count = (list: readonly string[], id: string): number => list.filter((one) => one === id).length;
  return [...stands].flatMap(([id, isStanding]) => {
    const [times, taken] = [count(told, id), count(corrected, id)];
    const isRight = isStanding ? times === wants(id) && taken === 0 : times <= wants(id) && taken === times;
    return isRight ? [] : [`${name}: ${id} stands ${isStanding}, told ${times}, taken back ${taken}`];
  });
}

describe("the object that tells, in a world that fails", () => {
  it("[AL19] tells each receiver once of what stands, and takes back once what does not", async ({
    expect,
  }) => {
    let [deaths, again, corrections, messages] = [0, 0, 0, 0];
    for (let seed = 0; seed < SEEDS; seed++) {
      const { world, stands } = await live(seed, seed % 4 === 0 ? 0 : 0.02 + (seed % 7) / 100);
      const inbox = (id: string): Inbox => world.inboxes.get(id) ?? new Map();
      const isTouch = (id: string): boolean => id.includes(":touched:");
      const faults = [
        ...world.faults,
        ...faultsOf("bot", inbox("bot"), stands, () => 1),
        // Two rules send to it, one of them a digest of failures.
        ...faultsOf("hook", inbox("hook"), stands, (id) => (isTouch(id) ? 1 : 2)),
        ...faultsOf("slow", inbox("slow"), stands, (id) => (isTouch(id) ? 1 : 0)),
      ];
      const open = (await world.states()).filter((state) => state === "waiting" || state === "gathering");
      expect({ seed, faults, open }).toEqual({ seed, faults: [], open: [] });
      deaths += world.deaths;
      again += world.again;
      for (const one of world.inboxes.values()) {
        messages += one.size;
        corrections += [...one.values()].filter(({ kind }) => kind === "correction").length;
      }
    }
    // The world was as hard as it was meant to be.
    expect(deaths).toBeGreaterThan(SEEDS);
    expect(again).toBeGreaterThan(SEEDS / 2);
    expect(corrections).toBeGreaterThan(SEEDS / 2);
    expect(messages).toBeGreaterThan(5 * SEEDS);
  });
});
