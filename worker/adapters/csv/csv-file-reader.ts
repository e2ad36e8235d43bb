/** The FileReader port over CSV, for the Worker and the command line alike. */
import type { FileReader } from "../../app/ports/ingest.ts";
import { completeInstrument, readInstruments } from "./read-instruments.ts";
import { readBars, readIndices } from "./read-prices.ts";

export const csvFileReader: FileReader = {
  bars: (bytes, firstLine, file) => readBars(bytes, firstLine, file ?? null),
  indices: (bytes, file) => readIndices(bytes, file ?? null),
  instruments: (bytes, file) => readInstruments(bytes, file ?? null),
  complete: completeInstrument,
};
