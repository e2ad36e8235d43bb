import { it } from "vitest";
import { describeFewSockets, openFileLimit, socketsFor, WANTED_SOCKETS } from "./open-files.ts";

it("[CL38] takes as many sockets as the limit of open files has space for", ({ expect }) => {
  expect(socketsFor(4_300)).toBe(2_000);
  expect(socketsFor(1_024)).toBe(362);
  expect(socketsFor(256)).toBe(1);
  expect(socketsFor(Infinity)).toBe(Infinity);
  expect(openFileLimit()).toBeGreaterThan(0);
});

it("[CL38] names the number and the remedy when fewer sockets fit than one gateway takes", ({ expect }) => {
  expect(describeFewSockets(1_024)).toContain("1024 files here, which is enough for 362 sockets");
  expect(describeFewSockets(1_024)).toContain("ulimit -n 4300");
  expect([describeFewSockets(4_300), describeFewSockets(Infinity)]).toEqual([null, null]);
  expect(WANTED_SOCKETS).toBe(2_000);
});
