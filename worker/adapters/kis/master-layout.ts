/** KI9: where the fields of the vendor's master files stand: behind code, ISIN and name a tail of fixed widths, another one a board. */
import { assert } from "../../core/assert.ts";
import type { Market } from "../../core/instrument/instrument.ts";

/** Boards whose master is a file. */
export type MasterBoard = Extract<Market, "KOSPI" | "KOSDAQ">;

/** Characters before the name. */
export const CODE_WIDTH = 9;
export const HEAD_WIDTH = 21;

/** In the order of the vendor's own structure: a width, and a name where the field is read. */
const WRITTEN: Readonly<Record<MasterBoard, string>> = {
  KOSPI: `2:group 1 4 4 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1:spac 1 1 1 1 1 1 1 1 1 1 1 9:base 5 5 1:halt
    1:liquidation 1:administration 2:warning 1 1 1 2 2 2 3 1 3 12:volume 12 8:listed 15:shares 21 2 7 1:preferred
    1 1 1 1 9 9 9 5 9 8 9 3 1 1 1`,
  KOSDAQ: `2:group 1 4 4 4 1 1 1 1 1 1 1 1 1 1:spac 1 1 1 1 1 1:caution 1 1 1 1 1 9:base 5 5 1:halt
    1:liquidation 1:administration 2:warning 1 1 1 2 2 2 3 1 3 12:volume 12 8:listed 15:shares 21 2 7 1:preferred
    1 1 1 9 9 9 5 9 8 9 3 1 1 1`,
};

/** The fields that are read; `caution` stands in one file only. */
export type MasterField =
  | "group"
  | "spac"
  | "caution"
  | "base"
  | "halt"
  | "liquidation"
  | "administration"
  | "warning"
  | "volume"
  | "listed"
  | "shares"
  | "preferred";

export interface MasterLayout {
  readonly width: number;
  readonly fields: number;
  /** The text of a field of a tail; `null` where the board's file has no such field. */
  read(tail: string, field: MasterField): string | null;
}

function layoutOf(written: string): MasterLayout {
  const places = new Map<string, readonly [from: number, to: number]>();
  let width = 0;
  const fields = written.split(/\s+/);
  for (const field of fields) {
    const [size = "", name] = field.split(":");
    assert(/^\d+$/.test(size), `${field} is a width`);
    if (name !== undefined) {
      places.set(name, [width, width + Number(size)]);
    }
    width += Number(size);
  }
  return {
    width,
    fields: fields.length,
    read: (tail, field) => {
      const place = places.get(field);
      return place === undefined ? null : tail.slice(...place);
    },
  };
}

export const LAYOUTS: Readonly<Record<MasterBoard, MasterLayout>> = {
  KOSPI: layoutOf(WRITTEN.KOSPI),
  KOSDAQ: layoutOf(WRITTEN.KOSDAQ),
};
