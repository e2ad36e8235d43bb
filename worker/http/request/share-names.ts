/** The names of shares that a page of a list has by ticker alone. */
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { LatinName } from "../../protocol/latin-name.ts";
import { latinName } from "../../protocol/romanise.ts";
import type { HttpPorts } from "./ports.ts";

type ShareName = LatinName & { readonly name: string };

/** One query of the master, however many tickers. A share that the master does not know has its ticker as name. */
export async function shareNames(
  ports: Pick<HttpPorts, "instruments">,
  exchange: Exchange,
  tickers: readonly string[],
): Promise<(ticker: string) => ShareName> {
  const wanted = new Set(tickers);
  const all = wanted.size === 0 ? [] : await ports.instruments.all(exchange);
  const known = new Map<string, ShareName>(
    all
      .filter(({ ticker }) => wanted.has(ticker))
      .map(({ ticker, name, nameEn }) => [ticker, { name, ...latinName(name, nameEn) }]),
  );
  return (ticker) => known.get(ticker) ?? { name: ticker, name_en: null, romanised: null };
}
