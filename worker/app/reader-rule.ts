/** Who may read: the operator's variable READERS as a rule, and what it means for an exchange (decision 037). */
import { isSimulated } from "../core/instrument/exchange-profile.ts";
import type { Exchange } from "../core/instrument/instrument.ts";

/** `owner`: a real exchange is shown only to whoever has logged in with the owner's token. `public`: to everyone. */
export type ReaderRule = "owner" | "public";

/** `null` for text that is no rule. A missing or empty variable is `owner`. */
export function parseReaderRule(text: string | undefined): ReaderRule | null {
  const rule = (text ?? "").trim();
  return rule === "" ? "owner" : rule === "owner" || rule === "public" ? rule : null;
}

/** The demo is open under every rule: its prices are invented here. */
export function needsLogin(rule: ReaderRule, exchange: Exchange): boolean {
  return rule === "owner" && !isSimulated(exchange);
}
