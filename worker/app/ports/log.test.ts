import { describe, it } from "vitest";
import { logFailure, type LogFields } from "./log.ts";
import { asking, NeighbourError, neighbourFactsOf } from "./neighbour-error.ts";

/** What one failure leaves in the log. */
function lineOf(error: unknown, fields?: LogFields): readonly unknown[] {
  const lines: unknown[] = [];
  logFailure({ write: (...line) => lines.push(...line) }, "drain_failed", error, fields);
  return lines;
}

describe("a failure that the program survives", () => {
  it("[LG1] leaves one line with its object, its neighbour and both messages", ({ expect }) => {
    const error = new NeighbourError("D1 failed to save a scan: busy", {
      neighbour: "D1",
      retryable: true,
      cause: new Error("outer", { cause: new Error("database is locked") }),
    });
    expect(lineOf(error, { run: "krx-1" })).toEqual([
      "warn",
      "drain_failed",
      {
        run: "krx-1",
        neighbour: "D1",
        retryable: true,
        error: "D1 failed to save a scan: busy",
        cause: "database is locked",
      },
    ]);
  });

  it("[LG1] is written also when it is no Error, and never longer than 300 UTF-16 units a text", ({
    expect,
  }) => {
    expect(lineOf("broken")).toEqual(["warn", "drain_failed", { error: "broken" }]);
    expect(lineOf(new Error("x".repeat(1_000)))).toEqual([
      "warn",
      "drain_failed",
      { error: "x".repeat(300) },
    ]);
  });
});

describe("the failure of a neighbour", () => {
  it("[LG2] is recognised by its own fields, also when it is a plain Error from another object", ({
    expect,
  }) => {
    const crossed = Object.assign(new Error("x"), { neighbour: "Topic", retryable: false });
    expect(neighbourFactsOf(crossed)).toEqual({ neighbour: "Topic", retryable: false });
    for (const other of [
      new Error("D1 failed to read"),
      Object.assign(new Error("x"), { neighbour: "Moon" }),
      null,
    ]) {
      expect(neighbourFactsOf(other)).toBeNull();
    }
  });

  it("[LG3] names the object that was asked, unless it names another itself", async ({ expect }) => {
    const inner = new NeighbourError("D1 failed to read", { neighbour: "D1", retryable: true });
    await expect(asking("MarketBook", "scan", () => Promise.reject(inner))).rejects.toBe(inner);
    const reset = Object.assign(new Error("The object was reset"), { retryable: true });
    await expect(asking("MarketBook", "scan", () => Promise.reject(reset))).rejects.toMatchObject({
      message: "MarketBook failed to scan: The object was reset",
      neighbour: "MarketBook",
      retryable: true,
      cause: reset,
    });
    await expect(asking("Topic", "publish", () => Promise.resolve(5))).resolves.toBe(5);
  });

  it("[LG4] has the platform's text, and a fault inside the other object as its cause only", async ({
    expect,
  }) => {
    const overloaded = Object.assign(new Error("The object is overloaded"), { overloaded: true });
    await expect(asking("Topic", "publish", () => Promise.reject(overloaded))).rejects.toMatchObject({
      message: "Topic failed to publish: The object is overloaded",
      retryable: false,
    });
    for (const fault of [new TypeError("secret is undefined"), "secret"]) {
      const failure = asking("Topic", "publish", () => Promise.reject(fault));
      await expect(failure).rejects.toMatchObject({
        message: "Topic failed to publish: a fault inside the object",
        neighbour: "Topic",
        retryable: false,
        cause: fault,
      });
      expect(lineOf(await failure.catch((error: unknown) => error))).toEqual([
        "warn",
        "drain_failed",
        {
          neighbour: "Topic",
          retryable: false,
          error: "Topic failed to publish: a fault inside the object",
          cause: fault instanceof Error ? fault.message : fault,
        },
      ]);
    }
  });
});
