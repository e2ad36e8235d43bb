import { it, vi } from "vitest";
import {
  HEADER,
  run,
  startFakeWorker,
  useFakeWorkers,
  write,
} from "../../testing/stage/fake-owner-worker.ts";

// Every test starts processes; a busy machine is slow at that.
vi.setConfig({ testTimeout: 60_000 });
useFakeWorkers();

/** Ten rows of ten tickers, so many of them with a broken price. */
function tenRows(broken: number): string {
  const line = (i: number): string => `0000${10 + i},2025-06-12,100,110,90,${i < broken ? "x" : "105"},1000`;
  return `${HEADER}${Array.from({ length: 10 }, (_, i) => line(i)).join("\n")}\n`;
}

it("[CL12a] ends with 0 and goes on when nine tenths were accepted", async ({ expect }) => {
  const fake = await startFakeWorker();
  const bars = write("bars.csv", tenRows(1));
  const done = await run("import.ts", [bars, "--to", fake.url.href, "--scan"], "t");
  expect(done.code).toBe(0);
  expect(done.out.trimEnd().split("\n").at(-1)).toBe(
    `Imported into KRX: 9 of 10 rows of ${bars} accepted; KRX was scanned, 4 are listed.`,
  );
  expect(fake.calls.map((call) => `${call.method} ${call.url.pathname}`)).not.toContain(
    "PUT /api/admin/exchange",
  );
});

it("[CL12a] ends with 1, switches and scans nothing, and states why in its last line", async ({ expect }) => {
  const fake = await startFakeWorker();
  const bars = write("bars.csv", tenRows(2));
  const done = await run("import.ts", [bars, "--to", fake.url.href, "--use", "--scan"], "t");
  expect(done.code).toBe(1);
  expect(done.out.trimEnd().split("\n").at(-1)).toBe(
    `Not imported as asked: only 8 of 10 rows of ${bars} accepted, refused: 2 not_a_number (a cell that must be a plain number is not); nothing was switched or scanned.`,
  );
  const nothing = write("nothing.csv", tenRows(10));
  const none = await run("import.ts", [nothing, "--to", fake.url.href, "--use"], "t");
  expect(none.code).toBe(1);
  expect(none.out.trimEnd().split("\n").at(-1)).toBe(
    `Not imported as asked: only 0 of 10 rows of ${nothing} accepted, refused: 10 not_a_number (a cell that must be a plain number is not); nothing was switched or scanned.`,
  );
  const empty = write("empty.csv", HEADER);
  const least = await run("import.ts", [empty, "--to", fake.url.href, "--use"], "t");
  expect([least.code, least.out.trimEnd().split("\n").at(-1)]).toEqual([
    1,
    `Not imported as asked: only 0 of 0 rows of ${empty} accepted; nothing was switched or scanned.`,
  ]);
  const asked = fake.calls.map((call) => `${call.method} ${call.url.pathname}`);
  expect(asked).not.toContain("PUT /api/admin/exchange");
  expect(asked).not.toContain("POST /api/kr/scan");
});

it("[CL12a] ends with 1 when the scan that was asked for, or the judging of changed sessions, did not take place", async ({
  expect,
}) => {
  const fake = await startFakeWorker();
  const bars = write("bars.csv", tenRows(0));
  const busy = { status: 409, body: { detail: "Run krx-1 has not ended." } };
  const asked = ["/api/kr/scan", "/api/admin/corrections"];
  for (const [path, end] of [
    [asked[0], "; KRX was not scanned."],
    [asked[1], "; KRX was scanned, 4 are listed; sessions are due to be judged again: npm run correct."],
  ] as const) {
    fake.refused.set(path ?? "", busy);
    const done = await run("import.ts", [bars, "--to", fake.url.href, "--scan"], "t");
    fake.refused.clear();
    expect([done.code, done.out.trimEnd().split("\n").at(-1)]).toEqual([
      1,
      `Imported into KRX: 10 of 10 rows of ${bars} accepted${end}`,
    ]);
  }
});

it("[CL12a] does not count repeated rows, nor those of other indices, as refused", async ({ expect }) => {
  const fake = await startFakeWorker();
  const bars = write("bars.csv", tenRows(0));
  const indices = write(
    "20250612.csv",
    `지수명,종가,대비,시가,고가,저가,거래량\n코스피,"2,950.3",-1.2,2951,2960,2940,"512,345"\n${"코스피 200,1,1,1,1,1,1\n".repeat(40)}`,
  );
  const done = await run("import.ts", [bars, bars, "--indices", indices, "--to", fake.url.href], "t");
  expect(done).toMatchObject({ code: 0, err: expect.stringContaining("sending 2 files") });
  expect(done.out).toContain("2 files: 20 rows of 2 files from 2025-06-12 to 2025-06-12, 10 accepted");
  expect(done.out.trimEnd().split("\n").at(-1)).toBe(
    `Imported into KRX: 1 of 41 rows of ${indices} accepted; 10 of 10 rows of 2 files accepted.`,
  );
});

it("[CL12] prints the table of names with its help", async ({ expect }) => {
  const help = await run("import.ts", ["--help"], "t");
  expect(help).toMatchObject({ code: 0, err: "" });
  for (const text of [
    "종목코드",
    "거래대금",
    "KRX portal, one share",
    "marcap",
    "Stooq",
    "KIND list of companies",
  ]) {
    expect(help.out).toContain(text);
  }
});
