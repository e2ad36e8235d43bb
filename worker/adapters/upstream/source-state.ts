/** UP5: how one vendor stands, read from what its adapter keeps: what an owner may see of a key, and never the key. */
import type { Clock } from "../../app/ports/clock.ts";
import { VENDORS } from "../../app/vendors.ts";
import type { Log } from "../../app/ports/log.ts";
import type { SourceId, UpstreamStore } from "../../app/ports/market-sources.ts";
import type { SourceState } from "../../app/ports/market-status.ts";
import { countedCalls } from "./daily-limits.ts";
import { Denials } from "./denials.ts";

/** A vendor as the program is set up. */
export interface KnownSource {
  readonly id: SourceId;
  readonly isNamed: boolean;
  /** Name and value of each of its secrets, in the order in which they make one key. */
  readonly secrets: readonly (readonly [name: string, value: string | undefined])[];
  /** Each of them can be refused alone. */
  readonly services: readonly string[];
}

interface StateDeps {
  readonly store: UpstreamStore;
  readonly clock: Clock;
  readonly log: Log;
}

/** Asks nobody. */
export async function sourceState(
  { id, isNamed, secrets, services }: KnownSource,
  token: SourceState["token"],
  deps: StateDeps,
): Promise<SourceState> {
  const denials = new Denials(id, secrets.map(([, value]) => value ?? "").join(""), deps);
  return {
    id,
    isNamed,
    missing: secrets.flatMap(([name, value]) => (value === undefined || value === "" ? [name] : [])),
    denials: await denials.all(services),
    servedAt: await denials.servedAt(),
    callsToday: await countedCalls(id, deps.store, deps.clock),
    callsPerDay: VENDORS[id].callsPerDay,
    token,
  };
}
