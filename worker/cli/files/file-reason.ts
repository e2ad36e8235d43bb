/** Why a file could not be read, for the readers of data files and of archives. */
import { reasonOf } from "../terminal/command-error.ts";

/** A missing file without the system's words, which repeat its path. */
export function fileReasonOf(error: unknown): string {
  return error instanceof Error && "code" in error && error.code === "ENOENT"
    ? "no such file"
    : reasonOf(error);
}
