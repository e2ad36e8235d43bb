/** AL16: who may be told of an exchange. Hours pass between an event, its message and the last attempt, so each of them asks. */
import { OWNER } from "../app/ports/alert-rules.ts";
import { needsLogin } from "../app/reader-rule.ts";
import type { Exchange } from "../core/instrument/instrument.ts";
import type { AlertsPorts } from "./alert-ports.ts";
import type { Known } from "./rule-book.ts";

export interface Audience {
  readonly known: Known;
  /** `holder` is `owner` or the id of a subscription. */
  readonly mayTell: (holder: string, exchange: Exchange) => boolean;
}

/** As it stands now; rejects when the database is out of reach. */
export async function readAudience(
  { settings, readerRule }: Pick<AlertsPorts, "settings" | "readerRule">,
  rules: { known(): Promise<Known> },
): Promise<Audience> {
  const active = await settings.activeExchange();
  const isPrivate = needsLogin(readerRule, active);
  const known = await rules.known();
  return {
    known,
    mayTell: (holder, exchange) =>
      exchange === active &&
      (!isPrivate || holder === OWNER || known.subscribers.get(holder)?.isReader === true),
  };
}
