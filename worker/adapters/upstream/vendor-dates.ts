/** How far this program's clock is from a vendor's: windows of minutes decide what a close is, and a wrong clock misses them in silence. */
import type { SourceId } from "../../app/ports/market-sources.ts";

export class VendorDates {
  readonly #skews = new Map<SourceId, number>();

  /** `date`: the header of that name. `now` in milliseconds since the epoch. */
  note(vendor: SourceId, date: string | null, now: number): void {
    const at = date === null ? Number.NaN : Date.parse(date);
    if (!Number.isNaN(at)) {
      this.#skews.set(vendor, at - now);
    }
  }

  /** The vendor's clock less this program's, in milliseconds; a header has whole seconds. `null` while none was seen. */
  skewOf(vendor: SourceId): number | null {
    return this.#skews.get(vendor) ?? null;
  }
}
