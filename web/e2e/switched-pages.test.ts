/** A page about one thing stays open while the active exchange changes: what it showed goes, and the page names the exchange that it was of. */
import { describe, it } from "vitest";
import { stagePage } from "./stage-page.ts";
import { type Answer, stubApi } from "./stub-api.ts";
import { stubLive } from "./stub-live.ts";
import { RUN_FULL } from "./stub-pages.ts";
import { STOCK_NEAR } from "./stub-stock.ts";
import { detailOf, ROWS, SIGNALS } from "./stub-signals.ts";

/** As the server names one; the short ids of the stub do not name their exchange. */
const SIGNAL = "005930.20250128.20250415";
const PATIENT = { timeout: 20_000 };
const OTHER = "KRX 거래소의 주소입니다. 현재 표시 중인 거래소는 데모입니다.";

interface Case {
  readonly path: string;
  /** What stands only where the thing itself is shown. */
  readonly thing: string;
  readonly api: string;
  /** The server's answer before the switch. */
  readonly first: Answer;
  /** After it: it does not know it, or it still shows the other exchange. */
  readonly later: Answer;
}

const CASES: readonly Case[] = [
  {
    path: `/signals/${SIGNAL}`,
    thing: ".chart-panel",
    api: `/api/kr/signals/${SIGNAL}`,
    first: { body: ROWS.slice(0, 1).map((row) => ({ ...detailOf(row), id: SIGNAL }))[0] ?? {} },
    later: { status: 404 },
  },
  {
    path: `/s/${STOCK_NEAR.ticker}`,
    thing: ".why-not",
    api: `/api/kr/stocks/${STOCK_NEAR.ticker}`,
    first: { body: STOCK_NEAR },
    later: { status: 404 },
  },
  {
    path: `/runs/${RUN_FULL.id}`,
    thing: ".rejects",
    api: `/api/kr/runs/${RUN_FULL.id}`,
    first: { body: RUN_FULL },
    later: { body: RUN_FULL },
  },
];

const stage = stagePage();

describe("a page about one thing", () => {
  it.for(CASES)(
    "[UI32] draws nothing of the exchange that was left, names whose it is, and comes back: $path",
    { timeout: 60_000 },
    async ({ path, thing, api, first, later }, { expect }) => {
      const { page, complaints } = await stage.open();
      const { answers } = await stubApi(page, { [api]: first });
      const live = await stubLive(page);
      await page.goto(`${stage.url()}${path}`);
      await page.locator(thing).waitFor(PATIENT);
      await page.locator(".exchange-KRX").waitFor(PATIENT);

      answers.set("/api/kr/signals", { body: { ...SIGNALS, exchange: "DEMO", signals: [], count: 0 } });
      answers.set(api, later);
      await live.feed({ exchange: "DEMO" });
      await page.locator(".exchange-DEMO").waitFor(PATIENT);
      await expect.poll(async () => page.locator(thing).count()).toBe(0);
      await page.locator("#main").getByText(OTHER).waitFor(PATIENT);
      await expect.poll(async () => page.locator(thing).count()).toBe(0);

      answers.set("/api/kr/signals", { body: SIGNALS });
      answers.set(api, first);
      await live.feed({ exchange: "KRX" });
      await page.locator(thing).waitFor(PATIENT);
      await expect.poll(async () => page.getByText(OTHER).count()).toBe(0);
      expect(complaints).toEqual([]);
    },
  );
});
