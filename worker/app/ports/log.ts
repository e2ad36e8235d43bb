/** The log of a running program: one structured line an event, kept by the platform and read by the operator. */

export type LogLevel = "info" | "warn" | "error";

/** Values that may be read by anyone who reads the log: never a token, a key or the body of a request. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  /** `event` names what happened in snake case, `outbox_drain_failed`. Never throws. */
  write(level: LogLevel, event: string, fields?: LogFields): void;
}
