/** What a reader has of his own beside a stock: the calculator, the ways to other sites, lists and a note. */
import type { JSX } from "solid-js";
import { ROWS } from "../../e2e/stub-signals.ts";
import { chartOf } from "../../e2e/stub-chart.ts";
import { rowAt } from "../../e2e/stub-long-list.ts";
import { detailOf } from "../../e2e/stub-signals.ts";
import type { Device } from "../../store/device/device.ts";
import { MAX_STARS } from "../../store/device/stars.ts";
import { keepPositionInputs } from "../../store/device/position-inputs.ts";
import { notesOf } from "../../store/watch/notes.ts";
import { StarNote } from "../../view/part/watch/star-note.tsx";
import { OwnCard } from "../../view/part/watch/own-card.tsx";
import { PositionForm } from "../../view/position/position-form.tsx";
import { ShareTools } from "../../view/position/share-tools.tsx";
import { Acting, typeInto } from "../acting.tsx";
import { newDevice, refusingDevice, usedDevice } from "../device.ts";
import { priceOf } from "../rows.ts";
import { scened } from "../stage.tsx";
import type { Views } from "../views.ts";
import "../../view/style/position.css";

const ROW = rowAt(ROWS);
const CHART = chartOf(detailOf(ROW));

function withEquity(equity: number, risk: number): () => Device {
  return () => {
    const device = newDevice();
    keepPositionInputs(device.shelf, { equity, risk });
    return device;
  };
}

/** The calculator as a reader finds it who has used it before. */
function calculator(device: () => Device, chart: typeof CHART | null = CHART): () => JSX.Element {
  return scened({ device }, () => (
    <section class="card">
      <PositionForm signal={ROW} exchange="KRX" price={priceOf(71_200)} chart={chart} />
    </section>
  ));
}

function typed(fields: Readonly<Record<string, string>>): () => JSX.Element {
  const act = (root: HTMLElement): void => {
    for (const [name, text] of Object.entries(fields)) {
      typeInto(root, `input[name=${name}]`, text);
    }
  };
  return () => <Acting act={act}>{calculator(newDevice)()}</Acting>;
}

function tools(ticker: string, signal: typeof ROW | null): () => JSX.Element {
  return () => <ShareTools ticker={ticker} signal={signal} price={null} chart={null} />;
}

function own(device: () => Device, act: (root: HTMLElement) => void = () => undefined): () => JSX.Element {
  return () => (
    <Acting act={act}>{scened({ device }, () => <OwnCard ticker={ROW.ticker} name={ROW.name} />)()}</Acting>
  );
}

function noted(): Device {
  const device = usedDevice();
  notesOf(device).write(ROW.ticker, "3T, 거래량이 말랐다.\n71,900 위에서만. Watch the gap of March.");
  return device;
}

function open(root: HTMLElement): void {
  root.querySelector("details")?.setAttribute("open", "");
}

/** What stands over every page once a star was pressed. */
function starred(device: () => Device): () => JSX.Element {
  const pressed = (): Device => {
    const made = device();
    made.stars.toggle(ROW.ticker);
    return made;
  };
  return scened({ device: pressed }, () => <StarNote />);
}

function fullDevice(): Device {
  const device = newDevice();
  const tickers = Array.from({ length: MAX_STARS }, (_, i) => String(100_000 + i));
  device.stars.kept.change(() => new Set(tickers.filter((ticker) => ticker !== ROW.ticker)));
  return device;
}

export const OWN: Views<"position" | "own"> = {
  position: {
    closed: tools(ROW.ticker, ROW),
    "no-signal": tools(ROW.ticker, null),
    fictional: tools("D00001", null),
    empty: calculator(newDevice),
    filled: calculator(withEquity(50_000_000, 100)),
    "no-volume": calculator(withEquity(50_000_000, 100), null),
    "much-of-volume": calculator(withEquity(900_000_000_000, 1_000)),
    "too-little": calculator(withEquity(40_000, 1)),
    faults: typed({ equity: "오천만", risk: "40", entry: "", stop: "99,000" }),
  },
  own: {
    plain: own(newDevice),
    lists: own(usedDevice, open),
    note: own(noted),
    "not-kept": own(refusingDevice, (root) => {
      typeInto(root, "textarea", "71,900");
    }),
    "stars-full": starred(fullDevice),
    "stars-not-kept": starred(refusingDevice),
  },
};
