/** The automatic findings of accessibility on a page as it stands, by axe. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import * as v from "valibot";

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const Findings = v.array(v.object({ id: v.string(), nodes: v.array(v.object({ html: v.string() })) }));

/** Rules that a theme can break. */
const COLOURS = ["color-contrast", "link-in-text-block"];

/** Rules about a document as a whole, which is asked them as such: a gallery is many in one. */
const OF_A_DOCUMENT = [
  "heading-order",
  "landmark-banner-is-top-level",
  "landmark-complementary-is-top-level",
  "landmark-contentinfo-is-top-level",
  "landmark-main-is-top-level",
  "landmark-no-duplicate-banner",
  "landmark-no-duplicate-contentinfo",
  "landmark-no-duplicate-main",
  "landmark-unique",
  "page-has-heading-one",
  "region",
];

/** `all`; or the rules on colours alone, or all but these; `isGallery` without those about a document. */
export interface Rules {
  readonly of: "all" | "colours" | "texts";
  readonly isGallery?: boolean;
}

/** As axe takes them. The size of targets is no rule of its usual set. */
function askedBy({ of, isGallery = false }: Rules): string {
  if (of === "colours") {
    return JSON.stringify({ runOnly: COLOURS, resultTypes: ["violations"] });
  }
  const off = [...(of === "texts" ? COLOURS : []), ...(isGallery ? OF_A_DOCUMENT : [])];
  const rules = Object.fromEntries(
    [["target-size", true], ...off.map((rule) => [rule, false])].map(([rule, enabled]) => [
      rule,
      { enabled },
    ]),
  );
  return JSON.stringify({ rules, resultTypes: ["violations"] });
}

/** Each with the elements that it is about; none is what is wanted. */
export async function findingsOf(page: Page, rules: Rules = { of: "all" }): Promise<readonly string[]> {
  // Evaluated by the browser's tool and not as a script of the page, whose policy would refuse it.
  if (!(await page.evaluate<boolean>("'axe' in window"))) {
    await page.evaluate(SOURCE);
  }
  const found: unknown = await page.evaluate(
    `axe.run(${askedBy(rules)}).then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) })))`,
  );
  return v
    .parse(Findings, found)
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}
