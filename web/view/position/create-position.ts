/** What a reader typed into the calculator, what it is read as, and what the device keeps of it. */
import { type Accessor, createMemo, createSignal } from "solid-js";
import type { PriceGrid } from "../../../worker/core/bars/tick-size.ts";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import type { Format } from "../../i18n/format.ts";
import { keepPositionInputs, readPositionInputs } from "../../store/device/position-inputs.ts";
import type { Shelf } from "../../store/device/shelf.ts";
import {
  type Fault,
  type FieldName,
  type Position,
  type PositionFields,
  type PositionInput,
  readField,
  readPosition,
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
  fault(name: FieldName): Fault | null;
  type(name: FieldName, text: string): void;
  /** What was typed as an amount is shown as one. */
  tidy(name: FieldName): void;
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
    risk: String((kept.risk ?? USUAL_RISK) / 100),
  });
  const [isKept, setKept] = createSignal(true);
  const fields = createMemo((): PositionFields => ({
    equity: "",
    risk: "",
    entry: format().price(signal().entry_price),
    stop: format().price(signal().stop_loss),
    ...typed(),
  }));
  const read = createMemo(() => readPosition(fields()));
  return {
    fields,
    position: createMemo(() => {
      const { input } = read();
      return input && { input, size: sizePosition(input, grid) };
    }),
    isKept,
    fault: (name) => read().faults?.[name] ?? null,
    type: (name, text) => {
      setTyped((before) => ({ ...before, [name]: text }));
      const value = text.trim() === "" ? null : readField(name, text);
      // What cannot be read, as while it is typed, takes the place of nothing.
      if ((name === "equity" || name === "risk") && typeof value !== "string") {
        setKept(keepPositionInputs(shelf, { ...readPositionInputs(shelf), [name]: value }));
      }
    },
    tidy: (name) => {
      const value = readField(name, fields()[name]);
      if (typeof value === "number" && name !== "risk" && typed()[name] !== undefined) {
        setTyped((before) => ({ ...before, [name]: format().price(value) }));
      }
    },
  };
}
