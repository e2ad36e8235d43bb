/** The same as form-naive.test.ts, over twenty times as many series: `npm test` only. */
import { describe, it } from "vitest";
import { formTally } from "../../testing/conformance/form-tally.ts";

describe("the form beside the second implementation, at length", () => {
  it(
    "[BS1] [CT1] [CT8] [CT10] [PV1] [PV4] [PV5] [NM1] [FL1] is the same for 20,000 series and prefixes",
    { timeout: 600_000 },
    ({ expect }) => {
      const { judged, valid, differences, kinds } = formTally(10_001, 4_000);
      expect(differences).toEqual([]);
      expect(judged).toBeGreaterThan(19_000);
      expect(valid).toBeGreaterThan(1_000);
      expect(kinds.size).toBeGreaterThan(20);
    },
  );
});
