/** The archive over REST. */
import * as v from "valibot";
import { describe, it } from "vitest";
import { EndedSignalsBody } from "../../protocol/rest/signal-list.ts";
import { dayOf, makeSignal } from "../../testing/builders/signal-builder.ts";
import { makeMemoryPorts, type MemoryPorts } from "../../testing/memory/memory-ports.ts";
import { ask } from "../../testing/stage/ask.ts";
import { makeApp } from "../app.ts";

const AT = Date.UTC(2025, 4, 16, 9, 20);
const PATH = "/api/kr/archive";

function ports(): MemoryPorts {
  const made = makeMemoryPorts();
  const ended = Array.from({ length: 9 }, (_, k) =>
    makeSignal({
      id: `signal-${k}`,
      state: k % 2 === 0 ? "FAILED" : "EXPIRED",
      reason: k % 2 === 0 ? "PIVOT_FAIL" : "age",
      triggeredOn: k < 6 ? dayOf("2025-05-02") : null,
      grade: k === 0 ? "S" : "A",
      appliedOn: dayOf(`2025-05-0${5 + Math.floor(k / 4)}`),
    }),
  );
  made.ledger.stored = [...ended, makeSignal({ id: "open" })].map((signal) => ({
    signal,
    createdAt: AT,
    updatedAt: AT,
    runId: "run-1",
  }));
  return made;
}

async function list(made: MemoryPorts, query: string): Promise<EndedSignalsBody> {
  return v.parse(EndedSignalsBody, (await ask(makeApp(made), PATH + query)).json);
}

describe("/api/kr/archive", () => {
  it("[RT41] pages through every ended signal once, with the day, kind and reason of its end", async ({
    expect,
  }) => {
    const made = ports();
    const seen: EndedSignalsBody["signals"][number][] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: EndedSignalsBody = await list(made, `?limit=2${cursor && `&cursor=${cursor}`}`);
      expect(page.count).toBe(9);
      seen.push(...page.signals);
      cursor = page.next_cursor;
    }
    expect(seen.map(({ id, ended_on, ending }) => `${id} ${ended_on} ${ending}`)).toEqual([
      "signal-8 2025-05-07 broken",
      "signal-4 2025-05-06 stopped",
      "signal-5 2025-05-06 over",
      "signal-6 2025-05-06 broken",
      "signal-7 2025-05-06 left",
      "signal-0 2025-05-05 stopped",
      "signal-1 2025-05-05 over",
      "signal-2 2025-05-05 stopped",
      "signal-3 2025-05-05 over",
    ]);
    expect(seen[1]?.reason).toBe("PIVOT_FAIL");
  });

  it("[RT41] filters, answers an unchanged list 304, and refuses what it does not know", async ({
    expect,
  }) => {
    const made = ports();
    const idsOf = async (query: string): Promise<readonly string[]> =>
      (await list(made, query)).signals.map(({ id }) => id);
    expect(await idsOf("?ending=broken")).toEqual(["signal-8", "signal-6"]);
    expect(await idsOf("?grade=S&q=가온&from=2025-05-05&to=2025-05-05&market=KOSPI")).toEqual(["signal-0"]);
    expect(await idsOf("?q=nothing")).toEqual([]);
    const app = makeApp(made);
    const first = await ask(app, PATH);
    const again = { headers: { "If-None-Match": first.headers.get("ETag") ?? "" } };
    expect((await ask(app, PATH, again)).status).toBe(304);
    for (const bad of ["?ending=moon", "?from=yesterday", "?cursor=bm9uc2Vuc2U", `?q=${"x".repeat(51)}`]) {
      expect([bad, (await ask(app, PATH + bad)).status]).toEqual([bad, 400]);
    }
  });
});
