/** The figures that the design papers state of the law in force and of the filters, recounted where the charts lie beside the repository. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { describe, it } from "vitest";
import { projectRoot } from "../../cli/terminal/project-root.ts";
import { GoldFigures } from "../../protocol/rest/gold-figures.ts";
import { type Agreement, agreementOf } from "./agreement.ts";
import { FAMILIES } from "./laws.ts";
import { goldLabels, laterLabels, loadGold, missingGold } from "./prove-gold.ts";
import { answerAll } from "./report.ts";

const MISSING = missingGold();

describe.skipIf(MISSING !== null)(
  `351 judged charts of real bars (skipped when ${MISSING ?? "missing"})`,
  () => {
    it("[GO10] the shipped law and the filters have the figures that are stated of them", async ({
      expect,
    }) => {
      const market = await loadGold();
      const figuresOf = (name: string): ReadonlyMap<string, Agreement> => {
        const files = [...goldLabels([]), ...laterLabels(market)];
        const charts = files.find(({ file }) => file === name)?.charts ?? [];
        return new Map(
          answerAll(FAMILIES, market, charts).map(({ family, members }) => [
            family.name,
            agreementOf(members[0] ?? [], market),
          ]),
        );
      };
      const first = figuresOf("labels.csv");
      expect(first.get("vcp-4")).toEqual({
        listed: 24,
        hits: 23,
        positives: 37,
        byLabel: {
          yes: { n: 7, of: 7 },
          good: { n: 16, of: 30 },
          weak: { n: 0, of: 16 },
          no: { n: 1, of: 128 },
        },
        start: { n: 20, of: 23 },
        pivot: { n: 21, of: 23 },
        closePivot: { n: 18, of: 23 },
        contractions: { n: 18, of: 23 },
      });
      expect(first.get("crude, strict")).toMatchObject({ listed: 23, hits: 12 });
      expect(first.get("crude, wide")).toMatchObject({ listed: 65, hits: 24 });
      expect(first.get("crude, leader")).toMatchObject({ listed: 90, hits: 24 });
      const second = figuresOf("labels-2.csv");
      expect(second.get("vcp-4")).toMatchObject({ listed: 31, hits: 17, positives: 24 });
      expect(second.get("crude, leader")).toMatchObject({ listed: 31, hits: 13 });
      // The figures that the page of the method states.
      const stated = v.parse(
        GoldFigures,
        JSON.parse(readFileSync(join(projectRoot, "worker/protocol/rest/gold-figures.json"), "utf8")),
      );
      for (const { file, ...figures } of stated.sets) {
        expect(figuresOf(file).get(stated.params_version), file).toMatchObject(figures);
      }
      expect(figuresOf("labels-3.csv").get("vcp-4")).toMatchObject({ listed: 46, hits: 19, positives: 23 });
    }, 120_000);
  },
);
