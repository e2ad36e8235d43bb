/** Every page in both languages, in light, dark and the reader's own colours, on a phone and on a desk: nothing is found. */
import { describe, it } from "vitest";
import { makeApp } from "../../worker/http/app.ts";
import { NO_SOCKETS } from "../../worker/testing/memory/documented-api.ts";
import { makeMemoryPorts } from "../../worker/testing/memory/memory-ports.ts";
import { answerWhole, openWhole, PAGES } from "./every-page.ts";
import { inBothLanguages, matrixFaults, resize, WIDTHS } from "./faults.ts";
import { stagePage } from "./stage-page.ts";

const stage = stagePage();

/** Many pages, on a machine that may be slow. */
const WALK = { timeout: 300_000 };

describe("every page", () => {
  it(
    "[UI232][UI95][UI256] lacks nothing in either language, in no theme, wide or narrow",
    WALK,
    async ({ expect }) => {
      // One page for all: it keeps the scripts of the page and of axe as it has compiled them.
      const { page, complaints } = await stage.open();
      await answerWhole(page);
      for (const place of PAGES) {
        // On a narrow screen some tables are lists.
        await resize(page, WIDTHS[0]);
        await openWhole(page, stage.url(), place);
        expect.soft(await inBothLanguages(page, async () => matrixFaults(page)), place.path).toEqual([]);
      }
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
    // It is in one language, and for people at a desk who write programs: names of columns stand in it without a blank.
    expect((await matrixFaults(page)).filter((one) => !/ (?:SMALL|BROKEN) /u.test(one))).toEqual([]);
  });
});
