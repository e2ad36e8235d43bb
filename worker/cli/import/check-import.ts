/** CL48: `import --check`: the answer of an import that is not made. */
import { tradingDayAt } from "../../core/calendar/trading-day.ts";
import { parseTicker } from "../../core/instrument/ticker.ts";
import { loadRows } from "../files/read-rows.ts";
import { describeNotRead, describeRefusals } from "../files/refusals.ts";
import { explainCode } from "../terminal/code-texts.ts";
import { CommandError } from "../terminal/command-error.ts";
import type { OwnerClient } from "../terminal/owner-client.ts";
import { checkedFrom, checkFiles, storedRows } from "./check-files.ts";
import { closeChoice } from "./close-choice.ts";
import type { ImportArgs } from "./import-args.ts";
import { isEnough } from "./import-report.ts";
import { describeFindings } from "./print-findings.ts";
import { hasTwoCloses } from "./send-files.ts";

function print(lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(""));
}

/**
 * Prints counts, refusals and findings as the import would give them, and sends nothing. `false`: it would end with 1, because
 * too few rows would be accepted or a finding was not.
 */
export async function checkImport(client: OwnerClient, args: ImportArgs): Promise<boolean> {
  const { bars, exchange, accept } = args;
  const now = Date.now();
  const keyOf = (key: string): string | null => parseTicker(exchange, key);
  const loaded = await loadRows({ paths: bars, kind: "bars", keyOf, today: tradingDayAt(now) });
  print([...describeRefusals(loaded.what, loaded.refusals), ...describeNotRead(loaded.what, loaded.notRead)]);
  if (loaded.accepted === 0) {
    throw new CommandError(`${loaded.what}: no row is a bar`);
  }
  const choice = closeChoice(args.close);
  const close = hasTwoCloses(exchange, loaded) ? (choice.stated ?? (await choice.ask(loaded.what))) : null;
  const stored = await storedRows(client, exchange, checkedFrom(loaded.series));
  const check = checkFiles({ exchange, close, now, origins: [] }, loaded.series, stored);
  const { added, replaced, unchanged, otherClose, findings } = check;
  const others = otherClose === 0 ? "" : `, ${otherClose} refused: ${explainCode("other_close")}`;
  print([
    `Nothing was stored. Of the rows ${added} would be added, ${replaced} replaced, ${unchanged} are unchanged${others}.`,
    ...describeFindings(findings, accept),
  ]);
  const enough = isEnough({
    ...loaded,
    counts: { rows: loaded.rows, accepted: loaded.accepted - otherClose },
  });
  if (!enough) {
    print(["The import would end with 1, and switch and scan nothing: too few rows would be accepted."]);
  }
  return enough && findings.every(({ reason }) => accept.includes(reason));
}
