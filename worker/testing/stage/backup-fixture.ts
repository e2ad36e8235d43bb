/** A small backup as `npm run backup` writes it, in a folder of the test's choice. */
import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { writeManifest } from "../../cli/backup/backup-manifest.ts";
import { type Backup, backupFiles, readNewBackup } from "../../cli/backup/read-backup.ts";

const HEADER = "date,open,high,low,close,volume,value,shares,base_price";
export const FIXTURE_BARS = `ticker,${HEADER}
000020,2025-06-12,1,1,1,1,1,,,
000020,2025-06-13,2,2,2,2,2,,,
005930,2025-06-13,3,3,3,3,3,,,
`;
export const FIXTURE_INDICES = `index,${HEADER}
KOSPI,2025-06-13,1,1,1,1,1,,,
`;

/** Rows of both exchanges, a run that had not ended, a message that waited, and what belongs to the deployment. */
export const FIXTURE_SQL = `PRAGMA defer_foreign_keys=TRUE;
INSERT INTO "d1_migrations" ("id","name","applied_at") VALUES(1,'0000_first.sql','2026-01-01 00:00:00');
INSERT INTO "instrument" ("exchange","ticker","name","market","kind","notice","industry","listed_on","listed_shares","updated_at") VALUES('KRX','000020','O''Name; "x"','KOSPI','common',NULL,NULL,NULL,NULL,1);
INSERT INTO "instrument" ("exchange","ticker","name","market","kind","notice","industry","listed_on","listed_shares","updated_at") VALUES('DEMO','D00001','Old','KOSPI','common',NULL,NULL,NULL,NULL,1);
INSERT INTO "scan_run" ("id","exchange","kind","status","as_of","params_version","started_at","finished_at","saved","reason","detail") VALUES('krx-1','KRX','manual','done',20000,'vcp-1',5,6,1,NULL,'{}');
INSERT INTO "scan_run" ("id","exchange","kind","status","as_of","params_version","started_at","finished_at","saved","reason","detail") VALUES('krx-2','KRX','manual','running',NULL,'vcp-1',7,NULL,0,NULL,'{}');
INSERT INTO "outbox" ("position","id","exchange","topic","body","created_at","published_at") VALUES(9,'m','KRX','signal:vcp','{}',1,NULL);
INSERT INTO "setting" ("key","value") VALUES('active_exchange','DEMO');
INSERT INTO "owner_action" ("position","at","method","path","request_id","network","status","ended_at") VALUES(1,1,'PUT','/old','r',NULL,200,2);
CREATE INDEX \`owner_action_at\` ON \`owner_action\` (\`at\`);
`;

/** The folder must be there. Resolves with what a restore reads of it. */
export async function writeBackupFixture(folder: string, sql: string = FIXTURE_SQL): Promise<Backup> {
  const files = backupFiles(folder, "KRX");
  writeFileSync(files.database, sql);
  writeFileSync(files.bars, gzipSync(FIXTURE_BARS));
  writeFileSync(files.indices, FIXTURE_INDICES);
  const backup = await readNewBackup(folder, "KRX");
  writeManifest(folder, { format: 1, made_at: "2026-01-01T00:00:00.000Z", ...backup.contents });
  return backup;
}
