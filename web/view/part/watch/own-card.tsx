/** What the reader has of his own about a stock: its lists and his note. Stands wherever the stock is shown whole. */
import type { JSX } from "solid-js";
import { AddToList } from "./add-to-list.tsx";
import { StockNote } from "./stock-note.tsx";

/** `name`: as the page shows it. */
export function OwnCard(props: { ticker: string; name: string }): JSX.Element {
  return (
    <section class="card own-card">
      <AddToList ticker={props.ticker} name={props.name} />
      <StockNote ticker={props.ticker} name={props.name} />
    </section>
  );
}
