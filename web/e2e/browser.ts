/** A real browser without a download step: Chromium from an npm package on Linux, an installed Chrome elsewhere. */
import sparticuz from "@sparticuz/chromium";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import { slowDown } from "./slow.ts";

/**
 * Flags of the package that are left out: one process dies with its first closed context, the tested policies would be off, and
 * each page's process would be made from nothing instead of from one that stands ready.
 */
const UNWANTED = new Set([
  "--single-process",
  "--disable-web-security",
  "--allow-running-insecure-content",
  "--no-zygote",
]);
/**
 * And those by which a processor plays a graphics card, which took more of it than all that is tested: the page has no
 * 3D, and without them the browser draws the same pixels itself.
 */
const UNWANTED_DRAWING = [
  "--use-gl=",
  "--use-angle=",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
];

function isWanted(flag: string): boolean {
  return !UNWANTED.has(flag) && !UNWANTED_DRAWING.some((start) => flag.startsWith(start));
}

export async function launchBrowser(): Promise<Browser> {
  if (process.platform !== "linux") {
    return chromium.launch({ channel: "chrome", headless: true });
  }
  return chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: [...sparticuz.args.filter(isWanted), "--disable-gpu"],
    headless: true,
  });
}

export interface OpenPage {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors of scripts and of the content policy since the page was opened. */
  readonly complaints: readonly string[];
}

/**
 * A page in a context of its own. The packaged browser's own locale breaks `Intl`, so one is always given. Without the
 * service worker, behind which no request of the page could be answered by a test.
 */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({
    locale: "ko-KR",
    timezoneId: "Europe/Berlin",
    serviceWorkers: "block",
    ...options,
  });
  await slowDown(context);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // The browser logs refused requests too, which tests of errors cause on purpose.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      complaints.push(message.text());
    }
  });
  return { context, page, complaints };
}
