/**
 * A slower machine on purpose: `E2E_SLOW=4` makes each page's processor four times as slow and every answer late, in an order of
 * its own. A test that reads a state once, before the page can have it, fails there and not on somebody else's machine.
 */
import type { BrowserContext, Page } from "playwright-core";

/** How many times as slow; 1 is this machine. */
export const SLOWNESS = Number(process.env["E2E_SLOW"] ?? 1);
const MAX_LATE_MS = 300;

/** Mulberry32: the same orders of arrival for the same `E2E_SEED`. */
let state = Number(process.env["E2E_SEED"] ?? 1);
function fraction(): number {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

async function beLate(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, fraction() * MAX_LATE_MS);
  });
}

/** Every later route of the page answers late: what a test stubs is as late as what a server sends. */
function delayRoutes(page: Page): void {
  const [route, routeWebSocket] = [page.route.bind(page), page.routeWebSocket.bind(page)];
  page.route = async (url, handler, options) =>
    route(
      url,
      async (one, request) => {
        await beLate();
        await handler(one, request);
      },
      options,
    );
  page.routeWebSocket = async (url, handler) =>
    routeWebSocket(url, async (socket) => {
      await beLate();
      await handler(socket);
    });
}

/** Before its first page; nothing on a machine that is to be itself. */
export async function slowDown(context: BrowserContext): Promise<void> {
  if (SLOWNESS <= 1) {
    return;
  }
  await context.route("**/*", async (one) => {
    await beLate();
    await one.fallback();
  });
  context.on("page", (page) => {
    delayRoutes(page);
    void context.newCDPSession(page).then(async (tool) => {
      await tool.send("Emulation.setCPUThrottlingRate", { rate: SLOWNESS });
    });
  });
}
