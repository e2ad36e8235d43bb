/** Which tickers have a topic of their price, and when the feed is asked for them. */
import { describe, it } from "vitest";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { KnownTickers } from "./known-tickers.ts";

type Answer = () => Promise<readonly string[] | null>;

class Setting {
  at = 1_000_000;
  readonly asked: Exchange[] = [];
  readonly lines: unknown[] = [];
  answer: Answer = () => Promise.resolve(["D00001", "005930"]);
  readonly tickers = new KnownTickers({
    log: { write: (...line) => this.lines.push(line) },
    now: () => this.at,
    tickers: (exchange) => {
      this.asked.push(exchange);
      return this.answer();
    },
  });

  /** What is known of the topics once the feed was asked, as far as it has to be. */
  async has(...topics: readonly string[]): Promise<readonly (boolean | null)[]> {
    const unsure = topics.filter((topic) => this.tickers.has(topic) === null);
    if (unsure.length > 0) {
      await this.tickers.learn(unsure);
    }
    return topics.map((topic) => this.tickers.has(topic));
  }
}

describe("KnownTickers", () => {
  it("[WS3g] has the tickers of the books, and asks each exchange for its own whichever is active", async ({
    expect,
  }) => {
    const setting = new Setting();
    expect(setting.tickers.has("price:D00001")).toBeNull();
    const topics = ["price:D00001", "price:D00002", "price:005930", "price:000660", "scan", "signal:vcp"];
    expect(await setting.has(...topics)).toEqual([true, false, true, false, true, true]);
    expect(setting.asked.toSorted()).toEqual(["DEMO", "KRX"]);
  });

  it("[WS3g] asks once for all who wait, and again after ten seconds only for what it does not have", async ({
    expect,
  }) => {
    const setting = new Setting();
    await Promise.all([setting.has("price:D00001"), setting.has("price:D00002")]);
    expect(await setting.has("price:D00003")).toEqual([false]);
    setting.at += 9_999;
    expect(await setting.has("price:D00002")).toEqual([false]);
    expect(setting.asked).toEqual(["DEMO"]);
    setting.at += 1;
    expect(await setting.has("price:D00001")).toEqual([true]);
    expect(setting.asked).toEqual(["DEMO"]);
    setting.answer = () => Promise.resolve(["D00001", "D00002"]);
    expect(await setting.has("price:D00002")).toEqual([true]);
    expect(setting.asked).toEqual(["DEMO", "DEMO"]);
  });

  it.for([
    ["is not ready", () => Promise.resolve(null), 0],
    ["cannot be asked", () => Promise.reject(new Error("away")), 1],
  ] as const)("[WS3g] refuses nothing while the market %s", async ([, answer, lines], { expect }) => {
    const setting = new Setting();
    setting.answer = answer;
    expect(await setting.has("price:D00009")).toEqual([true]);
    expect(setting.lines).toHaveLength(lines);
    setting.at += 10_000;
    setting.answer = () => Promise.resolve(["D00001"]);
    expect(await setting.has("price:D00009")).toEqual([false]);
  });
});
