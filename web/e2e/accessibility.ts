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

/** `all`, or the rules on colours alone of the elements that can differ in them; `isGallery` without those about a document. */
export interface Rules {
  readonly of: "all" | "colours";
  readonly isGallery?: boolean;
}

/**
 * Of the elements with a text, fields among them, those that differ in what a style can ask of them and of what holds them: the twentieth row of a
 * table has the colours of the first, and takes as long. What holds a state of the gallery is the same for all.
 */
const DISTINCT = `(() => {
  const ASKED = ["class", "aria-pressed", "aria-current", "aria-sort", "aria-disabled", "aria-invalid", "disabled", "open", "lang", "type", "style", "data-state", "data-status"];
  const keys = new Map([[document.body, ""]]);
  const keyOf = (one) => {
    const known = keys.get(one);
    if (known !== undefined) return known;
    const own = one.localName + ASKED.map((name) => one.getAttribute(name) ?? "").join();
    const key = one.classList.contains("gallery-view") ? own : keyOf(one.parentElement) + ">" + own;
    keys.set(one, key);
    return key;
  };
  const firsts = new Map([...document.querySelectorAll("input, select, textarea")].map((one) => [keyOf(one), one]));
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (node.data.trim() !== "" && holder.checkVisibility() && !firsts.has(keyOf(holder))) firsts.set(keyOf(holder), holder);
  }
  return [...firsts.values()];
})()`;

/** No path to an element is made: its markup names it. */
const RESULTS = { resultTypes: ["violations"], selectors: false };

/** As axe takes them. The size of targets is no rule of its usual set. */
function askedBy({ of, isGallery = false }: Rules): string {
  if (of === "colours") {
    return JSON.stringify({ ...RESULTS, runOnly: COLOURS });
  }
  const off = isGallery ? OF_A_DOCUMENT : [];
  const rules = Object.fromEntries(
    [["target-size", true], ...off.map((rule) => [rule, false])].map(([rule, enabled]) => [
      rule,
      { enabled },
    ]),
  );
  return JSON.stringify({ ...RESULTS, rules });
}

/** Each with the elements that it is about; none is what is wanted. */
export async function findingsOf(page: Page, rules: Rules = { of: "all" }): Promise<readonly string[]> {
  // Evaluated by the browser's tool and not as a script of the page, whose policy would refuse it.
  if (!(await page.evaluate<boolean>("'axe' in window"))) {
    await page.evaluate(SOURCE);
  }
  const found: unknown = await page.evaluate(
    `axe.run(${rules.of === "colours" ? `{ include: ${DISTINCT} }` : "document"}, ${askedBy(rules)}).then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) })))`,
  );
  return v
    .parse(Findings, found)
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}
