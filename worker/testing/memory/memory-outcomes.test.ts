import { outcomeStoreContract } from "../../app/ports/outcome-store.contract.ts";
import { MemoryLedger } from "./memory-ledger.ts";
import { MemoryOutcomes } from "./memory-outcomes.ts";

outcomeStoreContract("memory", () => {
  const ledger = new MemoryLedger();
  return Promise.resolve({ ledger, outcomes: new MemoryOutcomes(ledger) });
});
