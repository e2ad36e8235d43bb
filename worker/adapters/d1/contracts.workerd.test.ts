import { applyD1Migrations, type D1Migration, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { correctionLedgerContract } from "../../app/ports/correction-ledger.contract.ts";
import { instrumentStoreContract } from "../../app/ports/instrument-store.contract.ts";
import { outcomeStoreContract } from "../../app/ports/outcome-store.contract.ts";
import { ownerLogContract } from "../../app/ports/owner-log.contract.ts";
import { readerSessionsContract } from "../../app/ports/reader-sessions.contract.ts";
import { type RetainedStores, retentionContract } from "../../app/ports/retention.contract.ts";
import { retentionVersionsContract } from "../../app/ports/retention-versions.contract.ts";
import { scanLedgerContract } from "../../app/ports/scan-ledger.contract.ts";
import { settingsContract } from "../../app/ports/settings.contract.ts";
import { signalListContract } from "../../app/ports/signal-list.contract.ts";
import { D1InstrumentStore } from "./instrument-store.ts";
import { D1OutcomeStore } from "./outcome-store.ts";
import { D1OwnerLog } from "./owner-log.ts";
import { D1ReaderSessions } from "./reader-sessions.ts";
import { D1Retention } from "./retention.ts";
import { D1ScanLedger } from "./scan-ledger.ts";
import { D1Settings } from "./settings.ts";

declare global {
  namespace Cloudflare {
    interface Env {
      TEST_MIGRATIONS: D1Migration[];
    }
  }
}

async function emptyDatabase(): Promise<D1Database> {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  return env.DB;
}

scanLedgerContract("D1", async () => new D1ScanLedger(await emptyDatabase()));
signalListContract("D1", async () => new D1ScanLedger(await emptyDatabase()));
instrumentStoreContract("D1", async () => new D1InstrumentStore(await emptyDatabase()));
ownerLogContract("D1", async () => new D1OwnerLog(await emptyDatabase()));
readerSessionsContract("D1", async () => new D1ReaderSessions(await emptyDatabase()));
settingsContract("D1", async () => new D1Settings(await emptyDatabase()));
outcomeStoreContract("D1", async () => {
  const d1 = await emptyDatabase();
  return { ledger: new D1ScanLedger(d1), outcomes: new D1OutcomeStore(d1) };
});
correctionLedgerContract("D1", async () => {
  const d1 = await emptyDatabase();
  return { ledger: new D1ScanLedger(d1), outcomes: new D1OutcomeStore(d1) };
});
async function retained(): Promise<RetainedStores> {
  const d1 = await emptyDatabase();
  return {
    ledger: new D1ScanLedger(d1),
    outcomes: new D1OutcomeStore(d1),
    ownerLog: new D1OwnerLog(d1),
    retention: new D1Retention(d1),
  };
}
retentionContract("D1", retained);
retentionVersionsContract("D1", retained);
