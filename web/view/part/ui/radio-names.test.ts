import { readdirSync, readFileSync } from "node:fs";
import { it } from "vitest";

it("[UI217] no group of radio buttons has a name that the same part over the page would share", ({
  expect,
}) => {
  // Two groups of one name are one group to the browser: the dialog of every page would take the choice off the page of settings.
  const root = new URL("../../../", import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) =>
    /^view\/part\/(?:settings|shell)\/.*\.tsx$/u.test(path),
  );
  const radios = files.flatMap((path) =>
    readFileSync(new URL(path, root), "utf8")
      .split("<input")
      .slice(1)
      .filter((input) => /^[^>]*type="radio"/u.test(input))
      .map((input) => `${path} ${/\bname=(?:"[^"]*"|\{[^}]*\})/u.exec(input)?.[0] ?? "without a name"}`),
  );
  expect(radios.length).toBeGreaterThan(4);
  expect(radios.filter((radio) => !radio.includes("name={"))).toEqual([]);
});
