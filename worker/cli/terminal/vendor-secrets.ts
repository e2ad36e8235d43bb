/**
 * The secrets of the vendors for the Worker of `npm start`: the dev server passes on of `.dev.vars` what `wrangler.toml` names, and
 * none of these may stand there, because a deployment needs none of them and would take an empty one for the owner's.
 */
import { existsSync, readFileSync } from "node:fs";
import { VENDOR_SECRETS } from "../../app/vendors.ts";

/** The value of one name in a text of `NAME=value` lines; `null` without one. The last line counts, as for the dev server. */
export function secretIn(text: string, name: string): string | null {
  const value = `"([^"]*)"|'([^']*)'|([^\\s#]\\S*|)`;
  const line = new RegExp(
    `^[ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=[ \\t]*(?:${value})[ \\t\\r]*(?:[ \\t]#.*)?$`,
    "gmu",
  );
  const match = [...text.matchAll(line)].at(-1);
  return match?.[1] || match?.[2] || match?.[3] || null;
}

/** Those that are set; the environment wins. Never printed. */
export function findVendorSecrets(
  env: Readonly<Record<string, string | undefined>>,
  file: string,
): Readonly<Record<string, string>> {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const found = VENDOR_SECRETS.flatMap((name): readonly (readonly [string, string])[] => {
    const value = env[name] || secretIn(text, name);
    return value === null ? [] : [[name, value]];
  });
  return Object.fromEntries(found);
}
