/** A log that keeps its lines, and the failures among them as the errors that they were. */
import type { Log, LogFields, LogLevel } from "../../app/ports/log.ts";
import { isNeighbour, NeighbourError } from "../../app/ports/neighbour-error.ts";

interface LogLine {
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: LogFields;
}

export class MemoryLog implements Log {
  readonly lines: LogLine[] = [];
  readonly failures: Error[] = [];

  write(level: LogLevel, event: string, fields: LogFields = {}): void {
    this.lines.push({ level, event, fields });
    const { neighbour, retryable, error } = fields;
    if (typeof error === "string") {
      this.failures.push(
        isNeighbour(neighbour)
          ? new NeighbourError(error, { neighbour, retryable: retryable === true })
          : new Error(error),
      );
    }
  }
}
