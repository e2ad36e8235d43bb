/** The log lines of failures that a feed has survived, and what the feed remembers of them. */
import { beforeEach, describe, it } from "vitest";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import { freshDemo, onStage } from "../../testing/stage/demo-stage.ts";
import { eventually } from "../../testing/eventually.ts";

beforeEach(freshDemo);

const GONE = new NeighbourError("Gateway is out of reach", { neighbour: "Gateway", retryable: true });

describe("the log of a feed", () => {
  it("[FD19] has values that did not reach a gateway, and the feed remembers who failed it over its death", async ({
    expect,
  }) => {
    await onStage(async (stage) => {
      const feed = await stage.ready();
      stage.gateway("a").answer = () => Promise.reject(GONE);
      await feed.want("a", ["feed"]);
      await feed.command("pause");
      const fields = { gateway: "a", values: 1, neighbour: "Gateway", retryable: true, error: GONE.message };
      await eventually(() => {
        expect(stage.log.lines).toEqual([{ level: "warn", event: "values_not_delivered", fields }]);
      });
      expect(await stage.birth().failures()).toEqual([
        { neighbour: "Gateway", at: stage.now, event: "values_not_delivered", detail: GONE.message },
      ]);
    });
  });

  it("[FD19] has a gateway that gave no answer in two seconds", async ({ expect }) => {
    await onStage(async (stage) => {
      const feed = await stage.ready();
      const silence = Promise.withResolvers<boolean>();
      stage.gateway("a").answer = () => silence.promise;
      await feed.want("a", ["feed"]);
      await feed.command("pause");
      await eventually(() => {
        expect(stage.log.lines).toMatchObject([
          {
            event: "values_not_delivered",
            fields: { gateway: "a", neighbour: "Gateway", retryable: true },
          },
        ]);
      });
      silence.resolve(true);
    });
  });

  it("[FD19] has prices that the book was not shown", async ({ expect }) => {
    await onStage(async (stage) => {
      await stage.ready();
      const gone = new NeighbourError("The book is gone", { neighbour: "MarketBook", retryable: true });
      const feed = stage.birth({ book: () => ({ ...stage.book(), tick: () => Promise.reject(gone) }) });
      await feed.command("advance_tick");
      const fields = { exchange: "DEMO", neighbour: "MarketBook", retryable: true, error: gone.message };
      expect(stage.log.lines.at(-1)).toEqual({ level: "warn", event: "prices_not_shown", fields });
    });
  });

  it("[FD19] has a step that failed", async ({ expect }) => {
    await onStage(async (stage) => {
      stage.fault = { call: "addHistory", when: "before" };
      await expect(stage.birth().alarm()).rejects.toThrow("addHistory did not arrive");
      expect(stage.log.lines).toEqual([
        {
          level: "warn",
          event: "step_failed",
          fields: { exchange: "DEMO", error: "addHistory did not arrive" },
        },
      ]);
    });
  });

  it("[FD15] tries a step again in five seconds for which the active exchange could not be read", async ({
    expect,
  }) => {
    await onStage(async (stage) => {
      await stage.ready();
      const gone = new NeighbourError("D1 is out of reach", { neighbour: "D1", retryable: true });
      const feed = stage.birth({ settings: { lastSwitch: () => Promise.reject(gone) } });
      await stage.storage.deleteAlarm();
      await expect(feed.alarm()).rejects.toThrow(gone.message);
      expect(await stage.storage.getAlarm()).toBe(stage.now + 5_000);
    });
  });
});
