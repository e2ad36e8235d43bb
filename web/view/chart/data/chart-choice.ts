/** How a reader wants the chart: in the address, so that a link shows the same, and on the device for the next share. */

export interface ChartChoice {
  readonly isWeekly: boolean;
  readonly isLog: boolean;
  readonly hasRs: boolean;
}

const USUAL: ChartChoice = { isWeekly: false, isLog: false, hasRs: true };

/** Names and values in the address. */
const BARS = "bars";
const SCALE = "scale";
const RS = "rs";

function picked<T>(text: string | null, values: Readonly<Record<string, T>>, usual: T): T {
  return text !== null && Object.hasOwn(values, text) ? (values[text] ?? usual) : usual;
}

/** What the address does not name is as on the device; what it names otherwise is passed over. `kept` as {@link encodeChoice} wrote it. */
export function decodeChoice(search: string, kept: string | null): ChartChoice {
  const read = (text: string, usual: ChartChoice): ChartChoice => {
    const query = new URLSearchParams(text);
    return {
      isWeekly: picked(query.get(BARS), { week: true, day: false }, usual.isWeekly),
      isLog: picked(query.get(SCALE), { log: true, linear: false }, usual.isLog),
      hasRs: picked(query.get(RS), { on: true, off: false }, usual.hasRs),
    };
  };
  return read(search, read(kept ?? "", USUAL));
}

/** All three, so that the address shows the same on a device that keeps something else. */
export function encodeChoice({ isWeekly, isLog, hasRs }: ChartChoice): string {
  const query = new URLSearchParams({
    [BARS]: isWeekly ? "week" : "day",
    [SCALE]: isLog ? "log" : "linear",
    [RS]: hasRs ? "on" : "off",
  });
  return `?${query.toString()}`;
}
