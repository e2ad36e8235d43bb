/** CL47: what is wrong with the last session as a whole, printed by whoever knows it first. */
import { describeFinding, remedyOf } from "../../core/session/describe-finding.ts";
import type { FindingKind, SessionFinding } from "../../core/session/finding.ts";
import { FindingsBody } from "../../protocol/rest/owner.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { OwnerClient } from "../terminal/owner-client.ts";
import { understand } from "./send-files.ts";

/** One finding as the Worker or a check states it. */
export interface PrintedFinding {
  readonly reason: FindingKind;
  readonly text: string;
  readonly remedy: string;
}

export function printedFinding(finding: SessionFinding): PrintedFinding {
  return { reason: finding.kind, text: describeFinding(finding), remedy: remedyOf(finding) };
}

/** A line for each, those that were accepted marked so. */
export function describeFindings(
  findings: readonly PrintedFinding[],
  accepted: readonly FindingKind[],
): readonly string[] {
  return findings.map(({ reason, text, remedy }) =>
    accepted.includes(reason)
      ? `Accepted, ${reason}: ${text}.`
      : `Not to be scanned, ${reason}: ${text}. ${remedy}`,
  );
}

/** Prints the Worker's findings; the result has those that were not accepted. */
export async function printFindings(
  client: OwnerClient,
  exchange: Exchange,
  accepted: readonly FindingKind[],
): Promise<readonly FindingKind[]> {
  const { findings, warning } = understand(
    FindingsBody,
    await client.send("GET", `/api/admin/findings?exchange=${exchange}`),
  );
  const lines = [...(warning === null ? [] : [warning]), ...describeFindings(findings, accepted)];
  process.stdout.write(lines.map((line) => `${line}\n`).join(""));
  return findings.map(({ reason }) => reason).filter((reason) => !accepted.includes(reason));
}
