/** The arguments of a command, read by `node:util`; a wrong one ends the command with its usage. */
import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { FINDING_KINDS, type FindingKind } from "../../core/session/finding.ts";
import { CommandError, reasonOf } from "./command-error.ts";

export function usageError(message: string, usage: string): CommandError {
  return new CommandError(`${message}\n\n${usage}`, 2);
}

/** Strict: an unknown option is an error. `usage` is the text shown with it. */
export function readArgs<Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  usage: string,
): ReturnType<typeof parseArgs<{ args: string[]; options: Options; allowPositionals: true; strict: true }>> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw usageError(reasonOf(error), usage);
  }
}

/** A whole number of at least 0. */
export function readCount(option: string, text: string, usage: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    throw usageError(`${option} takes a whole number, not "${text}"`, usage);
  }
  return Number(text);
}

/** The values of `--accept`, each a name or several with commas. */
export function readAccepted(texts: readonly string[], usage: string): readonly FindingKind[] {
  return texts
    .flatMap((text) => text.split(","))
    .map((text) => {
      const kind = FINDING_KINDS.find((one) => one === text);
      if (kind === undefined) {
        throw usageError(`--accept takes ${FINDING_KINDS.join(", ")}, not "${text}"`, usage);
      }
      return kind;
    });
}
