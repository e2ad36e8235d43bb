import { describe, it } from "vitest";
import type { OwnerAction, OwnerLog } from "./owner-log.ts";

const AT = Date.UTC(2025, 4, 19, 1);

function action(at: number, requestId: string): OwnerAction {
  return { at, method: "POST", path: "/api/kr/scan?exchange=KRX", requestId, network: "192.0.2.1" };
}

/** What every owner log promises. `make` answers with an empty one. */
export function ownerLogContract(name: string, make: () => Promise<OwnerLog>): void {
  describe(`owner log: ${name}`, () => {
    it("[OL1] [OL1a] keeps what was begun and how it ended, newest first", async ({ expect }) => {
      const log = await make();
      expect(await log.newest(10)).toEqual([]);
      const first = await log.begin(action(AT, "same-id"));
      const second = await log.begin({ ...action(AT, "same-id"), network: null });
      await log.end(first, 409, AT + 5);
      expect(second).toBeGreaterThan(first);
      expect(await log.newest(10)).toEqual([
        { ...action(AT, "same-id"), network: null, position: second, status: null, endedAt: null },
        { ...action(AT, "same-id"), position: first, status: 409, endedAt: AT + 5 },
      ]);
      await log.note(second, "accept=jump");
      expect((await log.newest(1)).map(({ path }) => path)).toEqual([
        "/api/kr/scan?exchange=KRX accept=jump",
      ]);
      expect((await log.newest(1)).map(({ position }) => position)).toEqual([second]);
    });
  });
}
