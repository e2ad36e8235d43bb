/** The FileReader port over CSV. */
import type { FileReader } from "../../app/ports/import-file.ts";
import { readBars } from "./read-bars.ts";
import { readIndices } from "./read-indices.ts";
import { readInstruments } from "./read-instruments.ts";

export const csvFileReader: FileReader = {
  bars: readBars,
  indices: readIndices,
  instruments: readInstruments,
};
