/** The doubles that the tests of jobs and routes rest on keep the promises of the ports that they stand in for. */
import { correctionLedgerContract } from "../../app/ports/correction-ledger.contract.ts";
import { instrumentStoreContract } from "../../app/ports/instrument-store.contract.ts";
import { scanLedgerContract } from "../../app/ports/scan-ledger.contract.ts";
import { settingsContract } from "../../app/ports/settings.contract.ts";
import { signalListContract } from "../../app/ports/signal-list.contract.ts";
import { MemoryLedger } from "./memory-ledger.ts";
import { MemoryOutcomes } from "./memory-outcomes.ts";
import { MemoryInstruments, MemorySettings } from "./memory-ports.ts";

scanLedgerContract("memory", () => Promise.resolve(new MemoryLedger()));
correctionLedgerContract("memory", () => {
  const ledger = new MemoryLedger();
  return Promise.resolve({ ledger, outcomes: new MemoryOutcomes(ledger) });
});
signalListContract("memory", () => Promise.resolve(new MemoryLedger()));
instrumentStoreContract("memory", () => Promise.resolve(new MemoryInstruments()));
settingsContract("memory", () => Promise.resolve(new MemorySettings()));
