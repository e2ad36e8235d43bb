import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "vitest";
import { findFreePort } from "../../cli/serve/local-port.ts";
import { makeRandom } from "../chance/random.ts";
import { OtherTime } from "../stage/other-time.ts";
import { killBackfill } from "./kill-backfills.ts";

/** The vendor's spacing of calls is most of a backfill's time. */
const SPEED = 25;

describe("a real Worker that is killed within its backfill", () => {
  it(
    "[MD10] ends with the rows of the exchange, one scan, and no date that was asked for three times",
    { timeout: 180_000 },
    async ({ expect }) => {
      const folder = await mkdtemp(join(tmpdir(), "vcp-kill-"));
      try {
        const { broken, lines } = await killBackfill(
          { folder, port: await findFreePort() },
          { names: 40, sessions: 30, kills: 3 },
          { random: makeRandom(3), print: () => undefined },
          {
            entry: "worker/testing/stage/other-time-worker.ts",
            time: new OtherTime({ origin: Date.now(), shift: 0, speed: SPEED }),
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
