import { describe, it } from "vitest";
import type { LiveUpstream, UpstreamEvent } from "../../app/ports/live-upstream.ts";
import { VirtualClock } from "../../testing/fakes/virtual-clock.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { ObjectStorage } from "../../testing/wire/world/object-storage.ts";
import { standForState } from "../../testing/wire/world/stand-in.ts";
import { DenialTable } from "./denial-table.ts";
import { LiveConnection } from "./live-connection.ts";

const MINUTE_MS = 60_000;

describe("the connection of a real session", () => {
  it("[DR16] is not opened within the hour of a refusal, also after it was not wanted for a while", ({
    expect,
  }) => {
    const clock = new VirtualClock(Date.parse("2026-09-16T10:00:00+09:00"));
    const listeners: ((event: UpstreamEvent) => void)[] = [];
    const upstream: LiveUpstream = {
      id: "kis",
      neighbour: "KIS",
      slots: 41,
      open: (onEvent) => {
        listeners.push(onEvent);
        return { want: () => undefined, close: () => undefined };
      },
    };
    const { storage } = standForState({ storage: new ObjectStorage() });
    const connection = new LiveConnection({
      upstream,
      clock,
      log: new MemoryLog(),
      denials: new DenialTable(storage),
      random: () => 0.5,
      onTicks: () => false,
      missedNothing: () => false,
    });
    connection.pass(true);
    listeners.at(-1)?.({ kind: "down", denied: "bad_key", detail: "a wrong key" });
    expect(connection.state.name).toBe("denied");

    // As where another exchange is active meanwhile.
    connection.pass(false);
    clock.advance(MINUTE_MS);
    connection.pass(true);
    expect([connection.state.name, listeners.length]).toEqual(["denied", 1]);
    connection.pass(false);
    clock.advance(58 * MINUTE_MS);
    connection.pass(true);
    expect([connection.state.name, listeners.length]).toEqual(["denied", 1]);
    clock.advance(MINUTE_MS);
    connection.pass(true);
    expect([connection.state.name, listeners.length]).toEqual(["connecting", 2]);

    // An hour that passed while it was not wanted holds nothing back.
    listeners.at(-1)?.({ kind: "down", denied: "bad_key", detail: "a wrong key" });
    connection.pass(false);
    clock.advance(60 * MINUTE_MS);
    connection.pass(true);
    expect([connection.state.name, listeners.length]).toEqual(["connecting", 3]);
  });

  it("[DR19] is opened at once with another key than the one that was refused, once that is known, also of a version that stored none", ({
    expect,
  }) => {
    const clock = new VirtualClock(Date.parse("2026-09-16T10:00:00+09:00"));
    const { storage } = standForState({ storage: new ObjectStorage() });
    const until = clock.now() + 60 * MINUTE_MS;
    const born = (credential: string | null) => {
      const upstream = { id: "kis", neighbour: "KIS", slots: 41, credential } as const;
      const own = { ...upstream, open: () => ({ want: () => undefined, close: () => undefined }) };
      const connection = new LiveConnection({
        upstream: own,
        clock,
        log: new MemoryLog(),
        denials: new DenialTable(storage),
        random: () => 0.5,
        onTicks: () => false,
        missedNothing: () => false,
      });
      connection.pass(true);
      return { connection, own };
    };
    new DenialTable(storage).write({ why: "bad_key", until, of: "old" });
    expect(born("old").connection.state.name).toBe("denied");
    expect(born("new").connection.state.name).toBe("connecting");
    const late = born(null);
    expect(late.connection.state.name).toBe("denied");
    Object.assign(late.own, { credential: "new" });
    late.connection.pass(true);
    expect(late.connection.state.name).toBe("connecting");
    storage.sql.exec("DELETE FROM upstream_denial_of");
    expect(born("new").connection.state).toEqual({ name: "denied", why: "bad_key", until });
  });
});
