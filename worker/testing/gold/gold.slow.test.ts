/** The figures that the design papers state of the law in force and of the filters, recounted where the charts lie beside the repository. */
import { describe, it } from "vitest";
import { type Agreement, agreementOf } from "./agreement.ts";
import { FAMILIES } from "./laws.ts";
import { goldLabels, loadGold, missingGold } from "./prove-gold.ts";
import { answerAll } from "./report.ts";

const MISSING = missingGold();

describe.skipIf(MISSING !== null)(
  `181 judged charts of real bars (skipped when ${MISSING ?? "missing"})`,
  () => {
    it("[GO10] the shipped law and the filters have the figures that are stated of them", async ({
      expect,
    }) => {
      const file = goldLabels([]).find((one) => one.file === "labels.csv");
      const market = await loadGold();
      const charts = file?.charts ?? [];
      expect(charts).toHaveLength(181);
      const agreements = new Map<string, Agreement>();
      for (const { family, members } of answerAll(FAMILIES, market, charts)) {
        agreements.set(family.name, agreementOf(members[0] ?? [], market));
      }
      expect(agreements.get("vcp-3")).toEqual({
        listed: 48,
        hits: 14,
        positives: 37,
        byLabel: {
          yes: { n: 4, of: 7 },
          good: { n: 10, of: 30 },
          weak: { n: 7, of: 16 },
          no: { n: 27, of: 128 },
        },
        start: { n: 11, of: 14 },
        pivot: { n: 10, of: 14 },
        closePivot: { n: 8, of: 14 },
        contractions: { n: 7, of: 14 },
      });
      expect(agreements.get("crude, strict")).toMatchObject({ listed: 23, hits: 12 });
      expect(agreements.get("crude, wide")).toMatchObject({ listed: 65, hits: 24 });
      expect(agreements.get("crude, leader")).toMatchObject({ listed: 90, hits: 24 });
    });
  },
);
