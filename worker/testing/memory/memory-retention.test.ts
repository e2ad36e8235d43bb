import { type RetainedStores, retentionContract } from "../../app/ports/retention.contract.ts";
import { retentionVersionsContract } from "../../app/ports/retention-versions.contract.ts";
import { MemoryLedger } from "./memory-ledger.ts";
import { MemoryOutcomes } from "./memory-outcomes.ts";
import { MemoryOwnerLog } from "./memory-owner-log.ts";
import { MemoryRetention } from "./memory-retention.ts";

function retained(): Promise<RetainedStores> {
  const ledger = new MemoryLedger();
  const stores = { ledger, outcomes: new MemoryOutcomes(ledger), ownerLog: new MemoryOwnerLog() };
  return Promise.resolve({ ...stores, retention: new MemoryRetention(stores) });
}
retentionContract("memory", retained);
retentionVersionsContract("memory", retained);
