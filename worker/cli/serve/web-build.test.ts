import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, it } from "vitest";
import { isBuildStale } from "./web-build.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "vcp-build-"));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** A file, and the folders above it, last changed `minute` minutes after 1970. */
function touch(name: string, minute: number): void {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "");
  for (let each = path; each !== root; each = dirname(each)) {
    utimesSync(each, minute * 60, minute * 60);
  }
}

it("[CL17] builds when there is no build or a source is newer", ({ expect }) => {
  touch("web/view/page.tsx", 10);
  touch("worker/core/vcp.ts", 10);
  expect(isBuildStale(root)).toBe(true);
  touch("dist/web/index.html", 20);
  expect(isBuildStale(root)).toBe(false);
  touch("worker/adapters/d1/schema.ts", 30);
  touch("worker/core/vcp.ts", 15);
  expect(isBuildStale(root)).toBe(false);
  touch("worker/protocol/messages/topic.ts", 30);
  expect(isBuildStale(root)).toBe(true);
  touch("dist/web/index.html", 40);
  touch("web/view/page.tsx", 41);
  expect(isBuildStale(root)).toBe(true);
});
