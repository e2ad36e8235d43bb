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
/** After a session, so that no morning falls into it: that would judge sessions before the past is there. */
const EVENING = midnightOf(dayOf("2026-11-25")) + 19 * 3_600_000;

describe("a real Worker that is killed within its backfill", () => {
  it(
    "[MD10] ends with the rows of the exchange, one scan, and no date that was asked for three times",
    { timeout: 180_000 },
    async ({ expect }) => {
      const folder = await mkdtemp(join(tmpdir(), "vcp-kill-"));
      const origin = Date.now();
      try {
        const { broken, lines } = await killBackfill(
          { folder, port: await findFreePort() },
          { names: 40, sessions: 30, kills: 3 },
          { random: makeRandom(3), print: () => undefined },
          {
            entry: "worker/testing/stage/other-time-worker.ts",
            time: new OtherTime({ origin, shift: EVENING - origin, speed: SPEED }),
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
