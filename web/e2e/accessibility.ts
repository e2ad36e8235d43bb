/** The automatic findings of accessibility on a page as it stands, by axe. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import * as v from "valibot";

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const Findings = v.array(v.object({ id: v.string(), nodes: v.array(v.object({ html: v.string() })) }));

/** `colours`: the rules that another theme can break. `parts`: without those about a document as a whole. */
export type Rules = "all" | "colours" | "parts";

/** Which rules are asked, as axe takes them. The size of targets is no rule of its usual set. */
const ASKED: Readonly<Record<Rules, string>> = {
  all: '{ rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] }',
  colours: '{ runOnly: ["color-contrast", "link-in-text-block"], resultTypes: ["violations"] }',
  parts: `{
    rules: {
      "target-size": { enabled: true },
      "heading-order": { enabled: false },
      "landmark-banner-is-top-level": { enabled: false },
      "landmark-complementary-is-top-level": { enabled: false },
      "landmark-contentinfo-is-top-level": { enabled: false },
      "landmark-main-is-top-level": { enabled: false },
      "landmark-no-duplicate-banner": { enabled: false },
      "landmark-no-duplicate-contentinfo": { enabled: false },
      "landmark-no-duplicate-main": { enabled: false },
      "landmark-unique": { enabled: false },
      "page-has-heading-one": { enabled: false },
    },
    resultTypes: ["violations"],
  }`,
};

/** Each with the elements that it is about; none is what is wanted. */
export async function findingsOf(page: Page, rules: Rules = "all"): Promise<readonly string[]> {
  // Evaluated by the browser's tool and not as a script of the page, whose policy would refuse it.
  if (!(await page.evaluate<boolean>("'axe' in window"))) {
    await page.evaluate(SOURCE);
  }
  const found: unknown = await page.evaluate(
    `axe.run(${ASKED[rules]}).then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) })))`,
  );
  return v
    .parse(Findings, found)
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}
