import { describe, it } from "vitest";
import { describeReadOnce, findReadOnce } from "./read-once.ts";

const FILE = "web/e2e/some.test.ts";
const linesOf = (source: string, file = FILE): readonly number[] =>
  findReadOnce(file, source).map(({ line }) => line);

describe("an expectation of the page", () => {
  it.for([
    'expect(await page.locator("li").count()).toBe(3);',
    'expect(await page.locator("li").first().textContent()).toContain("a");',
    'expect.soft(await row.getAttribute("class"), look).toBe("b");',
    'expect([await title.innerText(), await (await find()).isVisible()]).toEqual(["a", true]);',
    "expect((await box.boundingBox())?.height).toBe(44);",
    'expect(\n  await page\n    .getByRole("button", { name: "a" })\n    .allTextContents(),\n).toEqual([]);',
    "expect(before).toBe(await row.innerText());",
    'const text = await page.locator("article").innerText();\nawait open();\nexpect(text).toContain("a");',
    "const box = (await bar.boundingBox()) ?? null;\nexpect((box?.y ?? 0) + 1).toBe(44);",
  ])("[SP12] that reads once is named: %s", (source, { expect }) => {
    expect(linesOf(`const a = 1;\n${source}\n`)).toEqual([2]);
  });

  it.for([
    'await expect.poll(async () => page.locator("li").count()).toBe(3);',
    'await expect\n  .poll(async () => [await a.textContent(), await b.count()], PATIENT)\n  .toEqual(["a", 1]);',
    "const before = await rows.count();\nawait expect.poll(async () => rows.count()).toBe(before);",
    "const rows = async () => list.count();\nawait expect.poll(rows).toBe(3);\nexpect(rows).toBe(rows);",
    "  it(a, async () => {\nconst text = await row.innerText();\n  });\n  it(b, async () => {\nexpect(text).toBe(1);\n  });",
    "expect(counts).toEqual([]);\nawait expect.poll(async () => a.count()).toBe(3);\nexpect(a).toBe(b);",
    "expect(await go()).toMatchObject({ text: expect.stringContaining(title) });",
    "expect(await page.evaluate(SIDEWAYS)).toBe(0);",
  ])("[SP12] that waits, or is of a moment on purpose, is not: %s", (source, { expect }) => {
    expect(linesOf(source)).toEqual([]);
  });

  it("[SP12] is looked for in the tests of the browser alone, and named by file and line", ({ expect }) => {
    const source = "expect(await rows.count()).toBe(1);";
    expect(linesOf(source, "worker/live/topic/topic.test.ts")).toEqual([]);
    expect(findReadOnce(FILE, source).map(describeReadOnce)).toEqual([
      `${FILE}:1 count() is read once: write expect.poll(async () => ...), or wait for a locator`,
    ]);
  });
});
