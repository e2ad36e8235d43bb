/** The built page in a real browser, for one file of tests: one browser, one server of files, and one open page a test. */
import type { Duplex } from "node:stream";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { launchBrowser, openPage, type OpenPage } from "./browser.ts";
import { type PageServer, servePage } from "./page-server.ts";

/** The build's output. */
export const FOLDER = new URL("../../dist/web", import.meta.url).pathname;

/** The list with every open signal, for tests that are not about the choice that it opens with. */
export const WHOLE_LIST = "/?state=all&grade=all";

const DESKTOP = { width: 1440, height: 900 };
/** The page's two decorations that move are drawn anew in every frame, and took a tenth of the processor. */
const STILL = "reduce";

export interface PageStage {
  /** Of the page; not before the tests run. */
  url(): string;
  /** Closed after the test. */
  open(options?: BrowserContextOptions): Promise<OpenPage>;
}

/** To be called once in a file, outside of its tests. `onHandshake` as {@link servePage} takes it. */
export function stagePage(onHandshake: ((socket: Duplex) => void) | null = null): PageStage {
  let browser: Browser;
  let server: PageServer;
  let opened: OpenPage | null = null;

  beforeAll(async () => {
    browser = await launchBrowser();
    server = await servePage(FOLDER, onHandshake);
  });

  afterEach(async () => {
    await opened?.context.close();
    opened = null;
  });

  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  return {
    url: () => server.url,
    open: async (options) => {
      opened = await openPage(browser, { viewport: DESKTOP, reducedMotion: STILL, ...options });
      return opened;
    },
  };
}
