/** The FileReader port over CSV. */
import type { FileReader } from "../../app/ports/ingest.ts";
import { readBars, readIndices } from "./read-prices.ts";
import { readInstruments } from "./read-instruments.ts";

export const csvFileReader: FileReader = {
  bars: readBars,
  indices: readIndices,
  instruments: readInstruments,
};
