/** Keys and addresses of the vendors on the owner's machine, by the names that the Worker has them by. */
import { existsSync, readFileSync } from "node:fs";
import {
  namedIn,
  secretsOf,
  unknownNames,
  type SocketVars,
  type VendorSecrets,
  type VendorVars,
} from "../../adapters/upstream/open-vendors.ts";
import { SOURCE_IDS, type SourceId } from "../../app/ports/market-sources.ts";
import { CommandError } from "../terminal/command-error.ts";
import { findVendorSecrets, secretIn } from "../terminal/vendor-secrets.ts";

export interface VendorEnv {
  readonly env: VendorVars & VendorSecrets & SocketVars;
  /** Named, and with all of their secrets. */
  readonly ids: readonly SourceId[];
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/**
 * The environment wins over `.dev.vars`, which wins over the addresses of `wrangler.toml`. MARKET_SOURCES is not read there: empty it
 * keeps the Worker from asking, which is what collecting is for. Fails with a {@link CommandError} that names what is missing.
 */
export function readVendorEnv(
  shell: Readonly<Record<string, string | undefined>>,
  files: { readonly devVars: string; readonly wrangler: string },
): VendorEnv {
  const [own, shipped] = [textOf(files.devVars), textOf(files.wrangler)];
  const base = (name: string): string => {
    const value = shell[name] || secretIn(own, name) || secretIn(shipped, name);
    if (value === null || !URL.canParse(value)) {
      throw new CommandError(`${name} is no address: set it to one that begins with https://`, 2);
    }
    return value;
  };
  const env: VendorEnv["env"] = {
    MARKET_SOURCES: shell["MARKET_SOURCES"] || secretIn(own, "MARKET_SOURCES") || SOURCE_IDS.join(" "),
    KRX_BASE: base("KRX_BASE"),
    KIS_REST_BASE: base("KIS_REST_BASE"),
    KIS_MASTER_BASE: base("KIS_MASTER_BASE"),
    KIWOOM_REST_BASE: base("KIWOOM_REST_BASE"),
    KIS_WS_URL: base("KIS_WS_URL"),
    KIWOOM_WS_URL: base("KIWOOM_WS_URL"),
    // Not of wrangler.toml, where it is for the vendor that a Worker follows.
    LIVE_SLOTS: shell["LIVE_SLOTS"] || secretIn(own, "LIVE_SLOTS") || "",
    ...findVendorSecrets(shell, files.devVars),
  };
  return { env, ids: openable(env) };
}

function openable(env: VendorVars & VendorSecrets): readonly SourceId[] {
  const unknown = unknownNames(env);
  if (unknown.length > 0) {
    throw new CommandError(
      `MARKET_SOURCES has ${unknown.join(", ")}, and there are: ${SOURCE_IDS.join(", ")}`,
      2,
    );
  }
  const named = SOURCE_IDS.filter((id) => namedIn(env).includes(id));
  const missing = (id: SourceId): readonly string[] =>
    secretsOf(env)[id].flatMap(([name, value]) => (value ? [] : [name]));
  const ids = named.filter((id) => missing(id).length === 0);
  if (ids.length === 0) {
    const wants = named.map((id) => `${missing(id).join(" and ")} for ${id}`).join(", or ");
    throw new CommandError(`No vendor can be asked. Set ${wants}, in the environment or in .dev.vars.`, 2);
  }
  return ids;
}
