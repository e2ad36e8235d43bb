/** What moves the market of a feed: the clock of a simulated one, or the session of a real one. A feed has one driver for its life. */
import type { FeedCommand } from "../app/ports/live.ts";
import type { View } from "./market-view.ts";

/** Instants in milliseconds since the epoch. Steps and commands of a feed come one after the other. */
export interface MarketDriver {
  /** `false`: nothing moves this exchange, and its feed shows closes. */
  exists(): boolean;
  /** `true` once the driver has anything to go on with after a death: its feed sets an alarm that the platform lost. */
  isBegun(): boolean;
  /** `true` when prices can be shown; while it is `false` the feed steps as soon as anybody asks. */
  isReady(): boolean;
  /** The market as of the last step; `null` when the driver has no value of it. */
  view(): View | null;
  /** The view as the next step will show it, for who follows nothing. Lets no time pass. */
  ahead(): View | null;
  /** Does what is due now. Rejects when a neighbour failed: the step is made again. */
  step(): Promise<void>;
  /** Another exchange is active. */
  stop(): void;
  /** Closes of indices have changed; `true` when the indices that are shown can change with them. */
  onCloses(): Promise<boolean>;
  command(command: FeedCommand): Promise<void>;
  /** Milliseconds until the next step. `isWatched`: a gateway wants values, which matters where steps alone publish. */
  restMs(isWatched: boolean): number;
  /** When the next step was planned. */
  plan(next: number): void;
}
