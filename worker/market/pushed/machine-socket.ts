/** KW15: the socket of a machine that brings live prices, between the platform and what reads it. */
import type { UpstreamEvent } from "../../app/ports/live-upstream.ts";

/** The socket of one machine, as the platform gives it. */
export interface MachineSocket {
  send(text: string): void;
  close(code: number, reason: string): void;
}

/** What the platform tells of such a socket. */
export interface MachineListener {
  onText(text: string): void;
  onEnd(): void;
}

/** How a socket is closed here. */
export interface MachineEnd {
  readonly code: number;
  readonly reason: string;
}

/** One connection to the vendor, at the other end of the machine's socket. */
export interface PushedConnection {
  readonly number: number;
  readonly onEvent: (event: UpstreamEvent) => void;
  wanted: ReadonlySet<string>;
}
