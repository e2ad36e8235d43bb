/** How the vendors are set up in this folder: which keys `.dev.vars` or the environment has, and what `wrangler.toml` names. */
import { existsSync, readFileSync } from "node:fs";
import { SOURCE_IDS } from "../../app/ports/market-sources.ts";
import { parseReaderRule, type ReaderRule } from "../../app/reader-rule.ts";
import type { SourceSetup } from "../../app/setting-findings.ts";
import { VENDORS } from "../../app/vendors.ts";
import type { BackfillBody } from "../../protocol/rest/owner.ts";
import { findVendorSecrets, secretIn } from "./vendor-secrets.ts";

export interface LocalSetup {
  readonly sources: readonly SourceSetup[];
  readonly readers: ReaderRule;
}

/** The texts of the two files, whose values `.dev.vars` decides. No value of a secret leaves this function. */
export function readSetup(
  env: Readonly<Record<string, string | undefined>>,
  devVars: string,
  config: string,
): LocalSetup {
  const text = existsSync(devVars) ? readFileSync(devVars, "utf8") : "";
  const set = Object.keys(findVendorSecrets(env, devVars));
  const valueOf = (name: "MARKET_SOURCES" | "READERS"): string =>
    secretIn(text, name) ?? new RegExp(`^${name} = "([^"]*)"`, "mu").exec(config)?.[1] ?? "";
  const named = valueOf("MARKET_SOURCES").split(/[\s,]+/);
  return {
    sources: SOURCE_IDS.map((id) => ({
      id,
      isNamed: named.includes(id),
      missing: VENDORS[id].secrets.filter((name) => !set.includes(name)),
    })),
    readers: parseReaderRule(valueOf("READERS")) ?? "owner",
  };
}

/** Whether a vendor is asked: each has the past, by date or by share. */
export function hasPast({ sources }: LocalSetup): boolean {
  return sources.some(({ isNamed, missing }) => isNamed && missing.length === 0);
}

const GUIDE = "worker/adapters/GUIDE.md";

/** Where the past stands, as the Worker answered; `null` when it did not. */
function describePast(
  past: Pick<BackfillBody, "status" | "counts" | "sessions" | "wanted"> | null,
  to: string,
): string {
  const follow = `\`npm run backfill${to}\` shows how far.`;
  if (past === null || past.status === "none") {
    return `The past comes within ten minutes: ${follow}`;
  }
  const unit = past.counts ?? "sessions";
  return past.status === "done"
    ? `The past is there: ${past.sessions} ${unit}.`
    : `The past is being fetched (${past.sessions} of ${past.wanted} ${unit}): ${follow}`;
}

/** The lines of `npm start` about the vendors; the last one states what to do next. */
export function describeSetup(
  setup: LocalSetup,
  port: number,
  past: Parameters<typeof describePast>[0],
): readonly string[] {
  const { sources } = setup;
  const to = port === 8787 ? "" : ` -- --to http://127.0.0.1:${port}`;
  const asked = sources.filter(({ isNamed, missing }) => isNamed && missing.length === 0);
  const half = sources.filter(
    ({ id, missing }) => missing.length > 0 && missing.length < VENDORS[id].secrets.length,
  );
  const unnamed = sources.filter(({ isNamed, missing }) => !isNamed && missing.length === 0);
  const problems = [
    ...half.map(({ id, missing }) => `${id} is not asked: ${missing.join(", ")} is missing in .dev.vars.`),
    ...unnamed.map(({ id }) => `${id} is not asked: MARKET_SOURCES does not name it.`),
  ];
  if (asked.length === 0) {
    return [
      ...problems,
      `No vendor of real days is set: KRX_AUTH_KEY=... in .dev.vars brings the Korean market by itself (${GUIDE}).`,
    ];
  }
  return [
    ...asked.map(({ id }) => `${VENDORS[id].brings}.`),
    ...problems,
    `${describePast(past, to)} \`npm run doctor${to}\` checks the keys.`,
  ];
}
