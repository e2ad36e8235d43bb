import { applyD1Migrations, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, it } from "vitest";
import { NeighbourError, newestFailures } from "../app/ports/neighbour-error.ts";
import { logFailure } from "../app/ports/log.ts";
import { FailureLog } from "./logs.ts";

const d1 = (message: string): NeighbourError =>
  new NeighbourError(message, { neighbour: "D1", retryable: true });

describe("the log of an object", () => {
  it("[PF2] remembers the last failure of each neighbour through an eviction, and passes every line on", async ({
    expect,
  }) => {
    // A gateway asks its database at its birth, which is no failure of this test.
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
    const stub = env.GATEWAY.getByName("apac-ne/failures");
    const lines: string[] = [];
    const logOf = (sql: SqlStorage, at: number): FailureLog =>
      new FailureLog(sql, { write: (level, event) => lines.push(`${level} ${event}`) }, () => at);
    await runInDurableObject(stub, (_, { storage }) => {
      logFailure(logOf(storage.sql, 1), "drain_failed", d1("one"));
      logFailure(logOf(storage.sql, 2), "drain_failed", d1("two"));
      logOf(storage.sql, 3).write("info", "run_done", { neighbour: "D1" });
      logOf(storage.sql, 3).write("warn", "odd", { neighbour: "Moon" });
    });
    await evictDurableObject(stub);
    await runInDurableObject(stub, (_, { storage }) => {
      expect(logOf(storage.sql, 4).failures()).toEqual([
        { neighbour: "D1", at: 2, event: "drain_failed", detail: "two" },
      ]);
    });
    expect(lines).toEqual(["warn drain_failed", "warn drain_failed", "info run_done", "warn odd"]);
  });

  it("[PF5] writes a line where the last failure cannot be remembered", async ({ expect }) => {
    const lines: string[] = [];
    await runInDurableObject(env.GATEWAY.getByName("apac-ne/full"), (_, { storage: { sql } }) => {
      const exec: typeof sql.exec = (query, ...values) => {
        if (query.startsWith("INSERT")) {
          throw new Error("disk full");
        }
        return sql.exec(query, ...values);
      };
      const write = (level: string, event: string, fields: object = {}): void => {
        lines.push(`${level} ${event} ${JSON.stringify(fields)}`);
      };
      logFailure(new FailureLog({ exec }, { write }, () => 1), "drain_failed", d1("one"));
    });
    expect(lines).toEqual([
      'warn drain_failed {"neighbour":"D1","retryable":true,"error":"one"}',
      'error failure_not_remembered {"failure":"drain_failed","error":"disk full"}',
    ]);
  });

  it("[PF6] writes each event of a neighbour once a minute, also when two come in turn, and knows the newest", async ({
    expect,
  }) => {
    await runInDurableObject(env.GATEWAY.getByName("apac-ne/often"), (_, { storage: { sql } }) => {
      let [at, written] = [0, 0];
      const exec: typeof sql.exec = (query, ...values) => {
        written += query.startsWith("INSERT") ? 1 : 0;
        return sql.exec(query, ...values);
      };
      const born = (): FailureLog => new FailureLog({ exec }, { write: () => undefined }, () => at);
      const log = born();
      for (; at < 60_000; at += 1_000) {
        logFailure(log, at % 2_000 === 0 ? "topic_not_asked" : "drain_failed", d1(`${at}`));
      }
      expect(written).toBe(2);
      expect(log.failures()).toEqual([
        { neighbour: "D1", at: 59_000, event: "drain_failed", detail: "59000" },
      ]);
      expect(born().failures()).toEqual([
        { neighbour: "D1", at: 1_000, event: "drain_failed", detail: "1000" },
      ]);
      logFailure(log, "topic_not_asked", d1("60000"));
      expect(born().failures()).toMatchObject([{ at: 60_000, event: "topic_not_asked" }]);
    });
  });

  it("[PF3] of several objects the newest failure of each neighbour counts", ({ expect }) => {
    const failure = (neighbour: "D1" | "Topic", at: number) => ({
      neighbour,
      at,
      event: "e",
      detail: `${at}`,
    });
    expect(
      newestFailures([failure("Topic", 5), failure("D1", 3), failure("D1", 9), failure("D1", 4)]),
    ).toEqual([failure("D1", 9), failure("Topic", 5)]);
  });
});
