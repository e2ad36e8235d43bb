import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, it } from "vitest";
import { assert } from "../../core/assert.ts";
import { decodeServer } from "../../protocol/messages/codec.ts";
import type { ServerMessage } from "../../protocol/messages/server-message.ts";
import { dayOf } from "../builders/signal-builder.ts";
import { quantile } from "../load/quantile.ts";
import { inSeoul, RealDays } from "../stage/real-days.ts";
import { waitUntil } from "../stage/wait-until.ts";

const DAY = dayOf("2026-09-16");
const PATIENCE_MS = 30_000;
const TRADES = 20;

/** A page that follows one price. */
class Page {
  readonly messages: ServerMessage[] = [];
  readonly #socket: WebSocket;
  #bytes = 0;

  constructor(url: string, topics: readonly string[]) {
    this.#socket = new WebSocket(`${url.replace("http:", "ws:")}/ws`);
    this.#socket.addEventListener("open", () => {
      this.#socket.send(JSON.stringify({ type: "subscribe", topics, ack: true }));
    });
    this.#socket.addEventListener("message", ({ data }) => {
      const text = String(data);
      this.#bytes += text.length;
      this.#socket.send(JSON.stringify({ type: "ack", bytes: this.#bytes }));
      this.messages.push(...(decodeServer(text)?.messages ?? []));
    });
  }

  prices(): readonly Extract<ServerMessage, { type: "price_update" }>[] {
    return this.messages.flatMap((message) => (message.type === "price_update" ? [message] : []));
  }

  state(): string | null {
    return this.messages.findLast((message) => message.type === "feed_update")?.data.state ?? null;
  }

  close(): void {
    this.#socket.close();
  }
}

describe("a real Worker in a session", async () => {
  const stateDir = await mkdtemp(join(tmpdir(), "live-session-"));
  const exchange = { first: dayOf("2026-08-24"), last: dayOf("2026-10-02"), names: 30, seed: 7 };
  const days = new RealDays({ exchange, stateDir });
  afterAll(async () => {
    await days.end();
    await rm(stateDir, { recursive: true, force: true });
  });

  it(
    "[DR9] follows the vendor's socket, shows its ticks to a page, and is live again within ten seconds of a kill",
    {
      timeout: 240_000,
    },
    async ({ expect }) => {
      const start = { sources: "kis", vars: { READERS: "public" } };
      await days.startAt(inSeoul(DAY, 9 * 60 + 10), start);
      await days.importSessions(days.exchange.sessions.filter((day) => day < DAY));
      const row = days.exchange.rows(DAY).find(({ volume }) => volume > 0);
      assert(row !== undefined, "A share is traded");
      const { ticker } = row.listing;
      const { socket } = days.vendors.kis;
      const topics = [`price:${ticker}`, "feed", "index:KOSPI"];

      const live = async (): Promise<Page> => {
        const page = new Page(days.worker.url, topics);
        await waitUntil(
          () => Promise.resolve(socket.registered().includes(ticker) && page.state() !== null),
          "the vendor has a registration",
          PATIENCE_MS,
        );
        return page;
      };
      const trade = (n: number): void => {
        const [price, volume] = [2 * row.base + n, row.volume + 1_000 + n];
        socket.trade([
          { ticker, at: days.now(), price, base: row.base, open: price, high: price, low: row.base, volume },
        ]);
      };
      const shows = (page: Page, n: number): Promise<void> =>
        waitUntil(
          () => Promise.resolve(page.prices().some(({ data }) => data.price === 2 * row.base + n)),
          "the page has the price",
          PATIENCE_MS,
        );

      const page = await live();
      // What the time without a connection hid has been asked for over REST.
      await waitUntil(
        () => Promise.resolve(page.prices().length > 0),
        "a price of the snapshot",
        PATIENCE_MS,
      );
      const times: number[] = [];
      for (let n = 0; n < TRADES; n++) {
        const sent = performance.now();
        trade(n);
        while (!page.prices().some(({ data }) => data.price === 2 * row.base + n)) {
          assert(performance.now() - sent < PATIENCE_MS, "The page has the price");
          await new Promise((resolve) => {
            setTimeout(resolve, 5);
          });
        }
        times.push(performance.now() - sent);
      }
      const sorted = times.toSorted((a, b) => a - b);
      process.stdout.write(
        `tick to frame: p50 ${Math.round(quantile(sorted, 0.5))} ms, p95 ${Math.round(quantile(sorted, 0.95))} ms of ${TRADES}\n`,
      );
      expect(page.prices().at(-1)).toMatchObject({ source: "kis", data: { session: "open", stale: false } });
      expect(page.state()).toBe("live");
      const seqs = page.prices().map(({ seq }) => seq);
      expect(seqs).toEqual(seqs.map((_, n) => (seqs[0] ?? 0) + n));
      page.close();

      await days.worker.kill();
      await days.startAt(inSeoul(DAY, 9 * 60 + 20), start);
      const began = performance.now();
      const again = await live();
      trade(TRADES);
      await shows(again, TRADES);
      const took = performance.now() - began;
      process.stdout.write(`live ${(took / 1_000).toFixed(1)} s after a restart\n`);
      expect(took).toBeLessThan(10_000);
      again.close();
    },
  );
});
