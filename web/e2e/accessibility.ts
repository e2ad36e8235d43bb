/** The automatic findings of accessibility on a page as it stands, by axe. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import * as v from "valibot";

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const Findings = v.array(v.object({ id: v.string(), nodes: v.array(v.object({ html: v.string() })) }));

/** Each with the elements that it is about; none is what is wanted. */
export async function findingsOf(page: Page): Promise<readonly string[]> {
  // Evaluated by the browser's tool and not as a script of the page, whose policy would refuse it.
  await page.evaluate(SOURCE);
  const found: unknown = await page.evaluate("axe.run().then(({ violations }) => violations)");
  return v
    .parse(Findings, found)
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}
