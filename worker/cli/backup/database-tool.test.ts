import { it } from "vitest";
import { causeIn } from "./database-tool.ts";

it.for([
  ["database or disk is full: SQLITE_FULL", "the disk is full"],
  ["Error: ENOSPC: no space left on device, write", "the disk is full"],
  ["file is not a database: SQLITE_NOTADB", "its file is damaged"],
  ["database disk image is malformed: SQLITE_CORRUPT", "its file is damaged"],
  ["database is locked: SQLITE_BUSY", "another process holds it"],
  ["EACCES: permission denied, open", "its folder may not be written"],
])("[CL44] names the cause that the database's tool hides in %s", ([printed, cause], { expect }) => {
  expect(causeIn(`\u2718 ERROR ${printed}\n   at x.js:1`)).toContain(`(${cause}`);
  expect(causeIn("no such table: signals")).toBe("");
});
