/** Sets of parameters from a file, so that a change of numbers is seen beside the shipped ones before it is made. */
import { readFileSync, statSync } from "node:fs";
import { CommandError } from "../../cli/terminal/command-error.ts";
import type { Params } from "../../core/params.ts";
import { detectorLaw, type LawFamily } from "./law.ts";
import { FORM_PARAMS } from "./market.ts";

/** Each set is a scan of the whole market on each day of the labels, about two seconds. */
const MOST_SETS = 200;
const MOST_BYTES = 1 << 20;

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Why `value` cannot stand where `known` stands; `null` when it can. */
function mismatchOf(known: unknown, value: unknown): string | null {
  if (Array.isArray(known)) {
    const numbers = Array.isArray(value) && value.every((x) => Number.isFinite(x));
    return numbers && value.length === known.length ? null : `takes ${known.length} numbers`;
  }
  if (typeof known === "number") {
    return Number.isFinite(value) ? null : "takes a number";
  }
  return typeof value === typeof known ? null : `takes a ${typeof known}`;
}

/** A copy of `base` with the named fields replaced. Throws a {@link CommandError} that names a field that does not exist or does not fit. */
function overridden<T extends object>(base: T, fields: Fields, where: string): T {
  const known = new Map<string, unknown>(Object.entries(base));
  const changed: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    const before = known.get(key);
    const name = `${where}.${key}`;
    if (!known.has(key)) {
      throw new CommandError(`${name} is no parameter; there are ${[...known.keys()].join(", ")}`);
    }
    if (isFields(before)) {
      if (!isFields(value)) {
        throw new CommandError(`${name} takes an object of ${Object.keys(before).join(", ")}`);
      }
      changed[key] = overridden(before, value, name);
    } else {
      const mismatch = mismatchOf(before, value);
      if (mismatch !== null) {
        throw new CommandError(`${name} ${mismatch}, not ${JSON.stringify(value)}`);
      }
      changed[key] = value;
    }
  }
  return Object.assign(structuredClone(base), changed);
}

/**
 * The shipped parameters, and each set of the file as a change of them.
 *
 * @example
 * parseParamSets("a.json", `[{ "form": { "CT3": { "limit": 0.08 } } }]`); // the shipped law, and one that asks for d_T <= 8 %
 */
export function parseParamSets(file: string, text: string): LawFamily {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new CommandError(`${file}: is no JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  if (!Array.isArray(parsed) || parsed.length === 0 || parsed.length > MOST_SETS || !parsed.every(isFields)) {
    throw new CommandError(
      `${file}: must be a list of 1 to ${MOST_SETS} objects, each the parameters that differ from the shipped ones, such as [{"form":{"CT3":{"limit":0.08}}}]`,
    );
  }
  const sets = parsed.map((fields, i) => {
    const params: Params = overridden(FORM_PARAMS, fields, `${file}: set ${i + 1}`);
    return detectorLaw(JSON.stringify(fields), params);
  });
  return { name: "sets of the file", members: [detectorLaw(`${FORM_PARAMS.version} as shipped`), ...sets] };
}

/** {@link parseParamSets} of a file on disk. */
export function readParamSets(path: string): LawFamily {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status?.isFile() !== true || status.size > MOST_BYTES) {
    throw new CommandError(`${path}: no file of at most ${MOST_BYTES} bytes`);
  }
  return parseParamSets(path, readFileSync(path, "utf8"));
}
