/** Why a run failed or was skipped, in the reader's language: also that of a row which a step of the day left. */
import { useApp } from "../app-context.tsx";
import { useStatusCopy } from "./status-copy.ts";
import { stepLine, stepOfReason } from "./step-text.ts";

export function useRunReason(): (reason: string) => string {
  const { text, format } = useApp();
  const copy = useStatusCopy();
  return (reason) => {
    const step = stepOfReason(reason);
    return step === null ? text().runReasonText(reason) : stepLine(step, { copy: copy(), format: format() });
  };
}
