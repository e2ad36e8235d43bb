/** The form of many series against the second implementation, whatever their share is: no difference in any figure. */
import { describe, it } from "vitest";
import { formTally } from "../../testing/conformance/form-tally.ts";

describe("the form beside the second implementation", () => {
  it(
    "[BS1] [CT1] [CT8] [CT10] [PV1] [PV4] [PV5] [NM1] [FL1] is the same for 2,000 series and prefixes",
    { timeout: 120_000 },
    ({ expect }) => {
      const { judged, differences, kinds } = formTally(1, 400);
      expect(differences).toEqual([]);
      expect(judged).toBeGreaterThan(1_900);
      // Walks, bases and spoiled ones meet every state and nearly every rule.
      for (const kind of [
        "FORMING",
        "READY",
        "UNCONFIRMED",
        "CONFIRMED",
        "touched",
        "BS0",
        "BS1",
        "BS2",
        "CT1",
        "PV2",
      ]) {
        expect(kinds.get(kind) ?? 0, kind).toBeGreaterThan(0);
      }
    },
  );
});
