import { describe, it } from "vitest";
import type { StoredEvent } from "../ports/scan-ledger.ts";
import { session } from "../../testing/builders/life-builder.ts";
import { makeEvent, makeRun, makeSignal } from "../../testing/builders/signal-builder.ts";
import { isTakenBack } from "../../core/alerts/alert-event.ts";
import { correctionAlerts } from "./correction-alerts.ts";
import type { Rewriting } from "./corrected-signals.ts";

const SIGNAL = makeSignal();
const [BEFORE, LAST] = [session(0), session(1)];
const RUN = makeRun({ id: "run-c", kind: "correction", exchange: SIGNAL.exchange });

function logged(seq: number, reason: string, day = LAST): StoredEvent {
  const to = reason === "triggered" ? "TRIGGERED" : "FAILED";
  return {
    ...makeEvent({ signalId: SIGNAL.id, seq, day, reason, to, from: "READY" }),
    at: 1,
    runId: "run-1",
  };
}

function alertsOf(rewriting: Partial<Rewriting>, log: readonly StoredEvent[]): readonly string[] {
  const one: Rewriting = {
    kind: "corrected",
    signal: SIGNAL,
    isWithdrawn: false,
    superseded: log,
    events: [],
    ...rewriting,
  };
  const alerts = correctionAlerts({
    run: RUN,
    day: LAST,
    at: 9,
    logged: log,
    rewritings: [one],
    nameEn: () => null,
  });
  return alerts.map((event) =>
    event.kind === "withdrawn" ? `withdrawn ${event.of}` : `${event.kind} ${event.id}`,
  );
}

describe("what a correction adds to the alert log", () => {
  const key = (kind: string, day = LAST): string => `${SIGNAL.id}:${kind}:${day}`;

  it("[AL10] takes back what no longer stands, and a signal that was never born as a whole", ({ expect }) => {
    expect(alertsOf({}, [logged(2, "triggered")])).toEqual([`withdrawn ${key("touched")}`]);
    expect(alertsOf({ isWithdrawn: true }, [logged(2, "triggered")])).toEqual([`withdrawn ${SIGNAL.id}`]);
    expect(alertsOf({ superseded: [] }, [logged(2, "triggered")])).toEqual([]);
  });

  it("[AL11] leaves what is stated again of the same session, and tells of the last session alone", ({
    expect,
  }) => {
    const again = logged(3, "triggered");
    expect(alertsOf({ events: [again] }, [logged(2, "triggered")])).toEqual([]);
    const fresh = [logged(3, "triggered", BEFORE), logged(4, "PIVOT_FAIL")];
    expect(alertsOf({ events: fresh }, [])).toEqual([`failed ${key("failed")}@run-c`]);
    expect(alertsOf({ events: [logged(3, "PIVOT_FAIL")] }, [logged(2, "triggered")])).toEqual([
      `withdrawn ${key("touched")}`,
      `failed ${key("failed")}@run-c`,
    ]);
  });

  it("[AL10] is about an event by its key, however often it was logged, and by its signal", ({ expect }) => {
    const [event] = correctionAlerts({
      run: RUN,
      day: LAST,
      at: 9,
      logged: [],
      rewritings: [
        {
          kind: "corrected",
          signal: SIGNAL,
          isWithdrawn: false,
          superseded: [],
          events: [logged(2, "triggered")],
        },
      ],
      nameEn: () => null,
    });
    if (event === undefined || event.kind === "withdrawn") {
      throw new Error("nothing was told");
    }
    const taken = [key("touched"), SIGNAL.id, key("failed"), `${SIGNAL.id}9`].map((of) =>
      isTakenBack({ of }, event),
    );
    expect(taken).toEqual([true, true, false, false]);
  });
});
