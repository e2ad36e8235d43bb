/**
 * Loaded before anything else (`node --import`): `cloudflare:workers` becomes our stand-in, and where `MUTANT` names a mutant,
 * the shipped file that it is about is read with that one change.
 */
import { registerHooks } from "node:module";
import { mutate, mutantOf } from "./mutants.ts";

const STAND_IN = new URL("world/cloudflare-workers.ts", import.meta.url).href;
const ROOT = new URL("../../../", import.meta.url).href;
const mutant = mutantOf(process.env["MUTANT"] ?? "");

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "cloudflare:workers" ? { url: STAND_IN, shortCircuit: true } : next(specifier, context),
  load: (url, context, next) => {
    const loaded = next(url, context);
    if (mutant === null || url !== `${ROOT}${mutant.file}`) {
      return loaded;
    }
    const source = loaded.source instanceof Uint8Array ? new TextDecoder().decode(loaded.source) : "";
    return { ...loaded, source: mutate(mutant, source) };
  },
});
