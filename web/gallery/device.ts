/** What a device keeps, for as long as a state of the gallery is looked at: nothing of it reaches the real one. */
import { createDevice, type Device } from "../store/device/device.ts";
import { createSavedViews } from "../store/device/saved-views.ts";
import { ROWS } from "../e2e/stub-signals.ts";

/** Kept as long as it is looked at. */
export function memoryShelf(): Parameters<typeof createDevice>[0] {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

/** Without anything kept. */
export function newDevice(): Device {
  return createDevice(memoryShelf());
}

function refuse(): never {
  throw new DOMException("forbidden", "SecurityError");
}

/** Of a browser that forbids all storage. */
export function refusingDevice(): Device {
  return createDevice({ getItem: refuse, setItem: refuse });
}

/** With a star, two views, and a visit of the day before in which half of the list was different. */
export function usedDevice(): Device {
  const shelf = memoryShelf();
  const states = Object.fromEntries(ROWS.slice(0, 6).map(({ id }) => [id, "FORMING"]));
  const seen = { at: 0, as_of: "2025-06-12T18:21:04.000+09:00", states };
  shelf.setItem("vcp.visit.KRX", JSON.stringify({ base: null, seen }));
  const device = createDevice(shelf);
  device.stars.toggle(ROWS[0]?.ticker ?? "");
  const views = createSavedViews(shelf);
  views.save({ name: "돌파 임박 S·A", search: "?state=ready&grade=S,A" });
  views.save({ name: "A very long name of a view that has to wrap somewhere", search: "?state=all" });
  return device;
}
