/**
 * `npm run bench:flip`: from a key press to the frame that shows the next chart, in a real browser on the built page: asked for
 * ahead and not, beside the list and on the page of a signal, beside the floors of the same run: a frame after a key that does
 * nothing, and the same bars drawn anew. Answers of two years of bars come from a server on this machine, prices from a socket
 * inside the page. Needs `npm run build`. Stops by itself.
 */
import { parseArgs } from "node:util";
import type { CDPSession, Page } from "playwright-core";
import * as v from "valibot";
import { launchBrowser, openPage } from "../../web/e2e/browser.ts";
import { servePage } from "../../web/e2e/page-server.ts";
import { DEFAULTS } from "../../web/e2e/stub-api.ts";
import { chartOf } from "../../web/e2e/stub-chart.ts";
import { rowsOf } from "../../web/e2e/stub-long-list.ts";
import { eventsOf } from "../../web/e2e/stub-pages.ts";
import { detailOf, SIGNALS } from "../../web/e2e/stub-signals.ts";
import type { SignalRow } from "../protocol/signal-row.ts";
import { machineLine } from "../testing/load/process-figures.ts";
import { quantile } from "../testing/load/quantile.ts";
import { FLIP_PROBE } from "./flip-probe.ts";
import { socketInPage } from "./list-frames-socket.ts";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "420" },
    /** Prices that move in a second. */
    rate: { type: "string", default: "200" },
    flips: { type: "string", default: "40" },
    /** Of the built page. */
    folder: { type: "string", default: new URL("../../dist/web", import.meta.url).pathname },
  },
});

/** Milliseconds that a reader looks at a chart. */
const LOOK_MS = 500;
/** Milliseconds, p95. */
const LIMITS = { ahead: 100, cold: 300 } as const;

const Drawn = v.object({ ms: v.number(), code: v.string() });
/** `cpu`: milliseconds that the page's main thread ran; a busy machine does not lengthen them. `sum`: of the pixels. */
type Drawn = v.InferOutput<typeof Drawn> & { readonly cpu: number; readonly sum: number };

/** What the server answers, by path. */
function answersFor(rows: readonly SignalRow[]): ReadonlyMap<string, object> {
  const { exchange, generated_at } = SIGNALS;
  const bodies = DEFAULTS.flatMap(([path, answer]) =>
    typeof answer !== "string" && "body" in answer ? [[path, answer.body] as const] : [],
  );
  return new Map<string, object>([
    ...bodies,
    ["/api/kr/signals", { ...SIGNALS, signals: rows, count: rows.length }],
    ...rows.flatMap((row) => {
      const detail = detailOf(row);
      return [
        [`/api/kr/signals/${row.id}`, detail] as const,
        [`/api/kr/signals/${row.id}/events`, eventsOf(detail)] as const,
        [`/api/kr/stocks/${row.ticker}/chart`, chartOf(detail)] as const,
        [
          `/api/kr/stocks/${row.ticker}/signals`,
          { exchange, generated_at, signals: [row], count: 1 },
        ] as const,
      ];
    }),
  ]);
}

/** Milliseconds of processor time of the page's main thread so far. */
async function mainThread(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return 1_000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
}

/** `watch` names what the probe waits for; a flip that shows the same code or the same pixels is no flip. */
async function press(page: Page, key: string, watch: string, looks: number): Promise<readonly Drawn[]> {
  const drawn: Drawn[] = [];
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  for (let i = 0; i < looks; i++) {
    await page.waitForTimeout(LOOK_MS);
    await page.evaluate(`globalThis.${watch}`);
    const before = await mainThread(cdp);
    await page.keyboard.press(key);
    const seen = v.parse(Drawn, await page.evaluate("globalThis.drawn"));
    const cpu = (await mainThread(cdp)) - before;
    drawn.push({ ...seen, cpu, sum: v.parse(v.number(), await page.evaluate("globalThis.pixels()")) });
  }
  await cdp.detach();
  return drawn;
}

function lineOf(name: string, drawn: readonly Drawn[], limit: number | null): string {
  const of = (pick: (one: Drawn) => number, share: number): string =>
    quantile(drawn.map(pick), share).toFixed(1);
  const at = (share: number): string => of(({ ms }) => ms, share);
  const shown = new Set(drawn.map(({ code, sum }) => `${code} ${sum}`)).size;
  const verdict = limit === null ? "" : Number(at(0.95)) < limit ? `, under ${limit}` : `, OVER ${limit}`;
  const parts = [
    `p50 ${at(0.5)} p95 ${at(0.95)} worst ${at(1)} ms of ${drawn.length}`,
    `cpu p50 ${of(({ cpu }) => cpu, 0.5)} ms`,
    `${shown} pictures`,
  ];
  return `${name.padEnd(44)} ${parts.join(", ")}${verdict}`;
}

const rows = rowsOf(Number(values.rows));
const flips = Number(values.flips);
const answers = answersFor(rows);
const browser = await launchBrowser();
const server = await servePage(values.folder, null, (path) => answers.get(path) ?? null);
try {
  const { page, complaints } = await openPage(browser, { viewport: { width: 1440, height: 900 } });
  await page.addInitScript(FLIP_PROBE);
  await page.addInitScript(socketInPage(rows, Number(values.rate)));
  const open = async (path: string): Promise<void> => {
    await page.goto(`${server.url}${path}`);
    await page.locator(".chart-host canvas").first().waitFor();
    await page.waitForTimeout(3_000);
  };
  console.log(`${rows.length} rows, ${values.rate} prices/s, bars of two years; ${machineLine()}`);
  await open("/?state=all&grade=all");
  // The pointer holds the order: prices by chance would sort it anew every five seconds, and each step led far away.
  await page.mouse.move(300, 600);
  console.log(
    lineOf(
      "floor: a frame after a key that does nothing",
      await press(page, "F8", "watchFrame()", flips),
      null,
    ),
  );
  console.log(
    lineOf("floor: the same bars drawn anew", await press(page, "l", "watchChart(false)", flips), null),
  );
  console.log(
    lineOf(
      "beside the list, asked for ahead",
      await press(page, "]", "watchChart(true)", flips),
      LIMITS.ahead,
    ),
  );
  await page.keyboard.press("j");
  await page.locator(".row-link:focus").waitFor();
  // From the first row: past the last one no key leads on.
  await page.keyboard.press("Home");
  console.log(
    lineOf(
      "beside the list, ten rows on, cold",
      await press(page, "PageDown", "watchChart(true)", flips - 5),
      LIMITS.cold,
    ),
  );
  await open(`/signals/${rows[0]?.id ?? ""}?from=state%3Dall%26grade%3Dall`);
  console.log(
    lineOf(
      "page of a signal, asked for ahead",
      await press(page, "Space", "watchChart(true)", flips),
      LIMITS.ahead,
    ),
  );
  console.log(machineLine());
  if (complaints.length > 0) {
    console.log(complaints.join("\n"));
    process.exitCode = 1;
  }
} finally {
  await browser.close();
  await server.stop();
}
