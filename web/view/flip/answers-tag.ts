/** Of which exchange and which scan answers are: those of another are not shown again. */
import type { Accessor } from "solid-js";
import { useMarket } from "../market-context.tsx";

/** `null` while it is not known. */
export function useAnswersTag(): Accessor<string | null> {
  const { exchange, status } = useMarket();
  return () => {
    const [active, known] = [exchange.active(), status.value()];
    return active === null || known === null ? null : `${active} ${known.last_run?.id ?? ""}`;
  };
}
