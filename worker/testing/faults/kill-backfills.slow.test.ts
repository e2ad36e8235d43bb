import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "vitest";
import { findFreePort } from "../../cli/serve/local-port.ts";
import { midnightOf } from "../../core/calendar/trading-day.ts";
import { dayOf } from "../builders/signal-builder.ts";
import { makeRandom } from "../chance/random.ts";
import { OtherTime } from "../stage/other-time.ts";
import { killBackfill } from "./kill-backfills.ts";

/** The vendor's spacing of calls is most of a backfill's time. */
const SPEED = 25;
const WEDNESDAY = midnightOf(dayOf("2026-11-25"));
/** In an evening nothing but the past is due; a morning's sessions come before it, and are judged with it (MD14). */
const HOURS = [
  ["an evening", 19 * 3_600_000, 30],
  ["a morning", 8 * 3_600_000 + 4 * 60_000, 12],
] as const;

describe("a real Worker that is killed within its backfill", () => {
  it.for(HOURS)(
    "[MD10] [MD14] of %s ends with the rows of the exchange, one scan, and no date that was asked for three times",
    { timeout: 300_000 },
    async ([, hour, sessions], { expect }) => {
      const folder = await mkdtemp(join(tmpdir(), "vcp-kill-"));
      const origin = Date.now();
      try {
        const { broken, lines } = await killBackfill(
          { folder, port: await findFreePort() },
          { names: 40, sessions, kills: 3 },
          { random: makeRandom(3), print: () => undefined },
          {
            entry: "worker/testing/stage/other-time-worker.ts",
            time: new OtherTime({ origin, shift: WEDNESDAY + hour - origin, speed: SPEED }),
          },
        );
        expect(broken).toEqual([]);
        expect(lines[0]).toMatch(/^3 kills, /);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  );
});
