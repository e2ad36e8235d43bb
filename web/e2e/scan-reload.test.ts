/** A page that is opened anew while a scan runs: it shows how far the scan is, and then what it found. */
import { describe, it } from "vitest";
import type { OpenPage } from "./browser.ts";
import { stagePage, WHOLE_LIST } from "./stage-page.ts";
import { stubApi, type StubbedApi } from "./stub-api.ts";
import { type StubbedLive, stubLive } from "./stub-live.ts";
import { STATUS } from "./stub-market.ts";
import { RUN_FULL } from "./stub-pages.ts";
import { ROWS } from "./stub-signals.ts";

const RUN = { ...RUN_FULL, id: "run-next" };
const RUNNING = { run_id: RUN.id, stage: "reading", done: 0, total: 2_700, ended: null } as const;
const IDLE = {
  run_id: null,
  stage: "idle",
  done: 0,
  total: 0,
  ended: { run_id: RUN.id, status: "done", saved: 1, reason: null },
} as const;
const DONE = { body: { ...STATUS, last_run: RUN } };

const stage = stagePage();

async function show(): Promise<OpenPage & { live: StubbedLive; api: StubbedApi }> {
  const page = await stage.open();
  const api = await stubApi(page.page);
  const live = await stubLive(page.page);
  await page.page.goto(`${stage.url()}${WHOLE_LIST}`);
  await page.page.locator(".signal-name").first().waitFor();
  return { ...page, live, api };
}

describe("a reload during a scan", () => {
  it("[UI39] shows the scan that runs, its progress, and its result without another reload", async ({
    expect,
  }) => {
    const { page, live, api, complaints } = await show();
    const { run_id, done, total } = RUNNING;
    api.answers.set("/api/kr/scan/status", {
      body: {
        ...STATUS,
        progress: { run_id, stage: RUNNING.stage, done, total },
        last_run: { ...RUN, status: "running" },
      },
    });
    await live.scan(RUNNING);
    const scan = page.locator(".scan-item");
    await scan.getByText("2,700개 중 0개 처리").waitFor();
    await page.reload();
    await scan.getByText("2,700개 중 0개 처리").waitFor();
    await live.scan({ ...RUNNING, stage: "saving", done: 2_700 });
    await scan.getByText("2,700개 중 2,700개 처리").waitFor();

    api.answers.set("/api/kr/scan/status", DONE);
    await live.change(
      [{ ...(ROWS[0] ?? expect.unreachable()), id: "born", name: "새종목", run_id: RUN.id }],
      [],
      RUN.id,
    );
    await live.scan(IDLE);
    await page.locator(`.scan-item a[href="/runs/${RUN.id}"]`).waitFor();
    await page.locator(".signal-row", { hasText: "새종목" }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("[UI39] is not deceived by an answer that is older than the end of the scan", async ({ expect }) => {
    const { page, live, api } = await show();
    api.answers.set("/api/kr/scan/status", "hang");
    await page.reload();
    await page.locator(".signal-name").first().waitFor();
    api.answers.set("/api/kr/scan/status", DONE);
    await live.scan(IDLE);
    await page.locator(`.scan-item a[href="/runs/${RUN.id}"]`).waitFor();
    await expect.poll(async () => page.locator(".scan-item").textContent()).not.toContain("처리");
  });
});
