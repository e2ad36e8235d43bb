/** How a run ended and why, in the language of the page. */
import { useApp } from "../app-context.tsx";
import { useRuleCopy } from "./rule-copy.ts";
import { type Ended, runEnd, type RunEnd } from "./run-end.ts";
import { useStatusCopy } from "./status-copy.ts";

export function useRunEnd(): (run: Ended) => RunEnd {
  const { text, format } = useApp();
  const rules = useRuleCopy();
  const copy = useStatusCopy();
  return (run) => runEnd(run, text(), rules(), { copy: copy(), format: format() });
}
