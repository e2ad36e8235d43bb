/** Every page in both languages, in light, dark and the reader's own colours, on a phone and on a desk: nothing is found. */
import type { Page } from "playwright-core";
import { describe, it } from "vitest";
import { makeApp } from "../../worker/http/app.ts";
import { NO_SOCKETS } from "../../worker/testing/memory/documented-api.ts";
import { makeMemoryPorts } from "../../worker/testing/memory/memory-ports.ts";
import { openWhole, PAGES } from "./every-page.ts";
import { matrixFaults, resize } from "./faults.ts";
import { stagePage } from "./stage-page.ts";

const stage = stagePage();

/** By the page's own switch, which a wide screen shows. */
async function inEnglish(page: Page): Promise<void> {
  await resize(page, 1440);
  await page.getByRole("button", { name: "English" }).first().click();
  await page.locator("html[lang=en]").waitFor();
}

describe("every page", () => {
  it.for(PAGES)(
    "[UI232][UI95] lacks nothing in either language, in no theme, wide or narrow: $path",
    async ({ path, ready }, { expect }) => {
      const { page, complaints } = await stage.open();
      await openWhole(page, stage.url(), { path, ready });
      const korean = await matrixFaults(page, { themes: true });
      await inEnglish(page);
      const english = await matrixFaults(page, { themes: false });
      expect([...korean.map((one) => `ko ${one}`), ...english.map((one) => `en ${one}`)]).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  it("[UI232][UI95] lacks nothing in either language, in no theme, wide or narrow: /docs", async ({
    expect,
  }) => {
    const app = makeApp(makeMemoryPorts({ sockets: NO_SOCKETS }));
    const answer = await app.request("http://radar.example/docs");
    const { page } = await stage.open();
    await page.route("http://radar.example/docs", async (route) => {
      await route.fulfill({
        contentType: "text/html; charset=utf-8",
        headers: { "Content-Security-Policy": answer.headers.get("Content-Security-Policy") ?? "" },
        body: await answer.clone().text(),
      });
    });
    await page.goto("http://radar.example/docs");
    await page.locator("section pre").first().waitFor();
    // It is in one language, and for people at a desk who write programs.
    expect((await matrixFaults(page, { themes: true })).filter((one) => !one.includes("SMALL"))).toEqual([]);
  });
});
