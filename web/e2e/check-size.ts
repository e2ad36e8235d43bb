/** `npm run check:size`, after a build: fails when a part of the page is larger than its budget. */
import { BUDGETS, pageSizes } from "./page-size.ts";

const sizes = pageSizes(new URL("../../dist/web", import.meta.url).pathname);
const lines = (["dashboard", "list", "chart", "styles"] as const).map((part) => {
  const isInside = sizes[part] <= BUDGETS[part];
  const line = `${part.padEnd(10)} ${sizes[part]} of ${BUDGETS[part]} bytes gzipped${isInside ? "" : "  TOO LARGE"}`;
  return { line, isInside };
});
process.stdout.write(`${lines.map(({ line }) => line).join("\n")}\n`);
process.exitCode = lines.every(({ isInside }) => isInside) ? 0 : 1;
