/** What a reader typed into the calculator, what it is read as, and what the device keeps of it. */
import { type Accessor, createMemo, createSignal } from "solid-js";
import type { PriceGrid } from "../../../worker/core/bars/tick-size.ts";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import type { Format } from "../../i18n/format.ts";
import {
  keepPositionInputs,
  type PositionInputs,
  readPositionInputs,
} from "../../store/device/position-inputs.ts";
import type { Shelf } from "../../store/device/shelf.ts";
import {
  type Fault,
  type FieldName,
  type Position,
  type PositionFields,
  type PositionInput,
  readField,
  readPosition,
  type RiskUnit,
  sizePosition,
} from "./position-size.ts";

/** Hundredths of a per cent, until a reader types another. */
const USUAL_RISK = 100;

export interface TypedPosition {
  readonly fields: Accessor<PositionFields>;
  /** `null` while a field lacks something. */
  readonly position: Accessor<{ readonly input: PositionInput; readonly size: Position } | null>;
  /** Whether the device keeps equity and risk. */
  readonly isKept: Accessor<boolean>;
  /** In which the risk stands in its field. */
  readonly unit: Accessor<RiskUnit>;
  choose(unit: RiskUnit): void;
  fault(name: FieldName): Fault | null;
  type(name: FieldName, text: string): void;
  /** What was typed as an amount is shown as one. */
  tidy(name: FieldName): void;
}

function isWon(name: FieldName, unit: RiskUnit): boolean {
  return name !== "risk" || unit === "won";
}

/** The risk as it stands in its field when the calculator opens. */
function keptRisk({ risk, won }: PositionInputs, format: Format): string {
  if (won === undefined) {
    return String((risk ?? USUAL_RISK) / 100);
  }
  return won === null ? "" : format.price(won);
}

/** What is kept in another unit: the won that the per cent come to, or the per cent that were typed last. */
function inputsIn(
  unit: RiskUnit,
  { equity, risk }: PositionInputs,
  input: PositionInput | null,
  grid: PriceGrid,
): PositionInputs {
  const budget = input === null ? 0 : sizePosition(input, grid).budget;
  return unit === "percent" ? { equity, risk } : { equity, risk, won: budget === 0 ? null : budget };
}

/** `signal`: the fields follow its entry and stop, in won, until the reader types another price. */
export function createPosition(
  signal: Accessor<Pick<SignalRow, "entry_price" | "stop_loss">>,
  grid: PriceGrid,
  format: Accessor<Format>,
  shelf: Shelf,
): TypedPosition {
  const kept = readPositionInputs(shelf);
  const [typed, setTyped] = createSignal<Partial<PositionFields>>({
    equity: kept.equity === null ? "" : format().price(kept.equity),
    risk: keptRisk(kept, format()),
  });
  const [unit, setUnit] = createSignal<RiskUnit>(kept.won === undefined ? "percent" : "won");
  const [isKept, setKept] = createSignal(true);
  const fields = createMemo((): PositionFields => ({
    equity: "",
    risk: "",
    entry: format().price(signal().entry_price),
    stop: format().price(signal().stop_loss),
    ...typed(),
  }));
  const read = createMemo(() => readPosition(fields(), unit()));
  return {
    fields,
    position: createMemo(() => {
      const { input } = read();
      return input && { input, size: sizePosition(input, grid) };
    }),
    isKept,
    unit,
    choose: (next) => {
      if (next !== unit()) {
        const inputs = inputsIn(next, readPositionInputs(shelf), read().input, grid);
        setUnit(next);
        setTyped((before) => ({ ...before, risk: keptRisk(inputs, format()) }));
        setKept(keepPositionInputs(shelf, inputs));
      }
    },
    fault: (name) => read().faults?.[name] ?? null,
    type: (name, text) => {
      setTyped((before) => ({ ...before, [name]: text }));
      const value = text.trim() === "" ? null : readField(name, text, unit());
      // What cannot be read, as while it is typed, takes the place of nothing.
      if ((name === "equity" || name === "risk") && typeof value !== "string") {
        const key = name === "risk" && unit() === "won" ? "won" : name;
        setKept(keepPositionInputs(shelf, { ...readPositionInputs(shelf), [key]: value }));
      }
    },
    tidy: (name) => {
      const value = readField(name, fields()[name], unit());
      if (typeof value === "number" && isWon(name, unit()) && typed()[name] !== undefined) {
        setTyped((before) => ({ ...before, [name]: format().price(value) }));
      }
    },
  };
}
