/** What a book needs of the rest of the program. */
import type { OutcomePorts } from "../../app/jobs/outcomes.ts";
import type { PrunePorts } from "../../app/jobs/prune-records.ts";
import type { PublishPorts } from "../../app/jobs/publish-outbox.ts";
import type { ScanPorts } from "../../app/jobs/run-scan.ts";
import type { MasterPorts } from "../../app/jobs/store-master.ts";
import type { AlertsPort } from "../../app/ports/alerts.ts";
import type { BookListener } from "../../app/ports/live.ts";
import type { Log } from "../../app/ports/log.ts";
import type { CheckableSources } from "../../app/ports/source-check.ts";
import type { SourceState } from "../../app/ports/market-status.ts";
import type { Retention } from "../../app/ports/retention.ts";
import type { Settings } from "../../app/ports/settings.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { SwitchPorts } from "./exchange-switch.ts";

/** The neighbours of a book; compose.ts fills them. */
export type BookPorts = ScanPorts &
  PublishPorts &
  OutcomePorts &
  PrunePorts &
  SwitchPorts &
  MasterPorts & {
    readonly log: Log;
    readonly settings: Settings;
    readonly record: Pick<Retention, "empty">;
    /** AL12: told that the alert log has grown. */
    readonly alerts: Pick<AlertsPort, "wake">;
    feed(exchange: Exchange): BookListener;
    /** What the owner's keys open for an exchange, with the storage of the object that asks; `null` when it is nothing. */
    sources(exchange: Exchange, storage: DurableObjectStorage): CheckableSources | null;
    /** How every vendor of an exchange stands, also one without a key; none of a simulated one. Asks nobody. */
    sourceStates(exchange: Exchange, storage: DurableObjectStorage): Promise<readonly SourceState[]>;
  };
