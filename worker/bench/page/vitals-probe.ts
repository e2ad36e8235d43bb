/** What runs inside the browser for the bench of what a reader feels: its own entries of paints, shifts and delays. */
import * as v from "valibot";

export const Felt = v.object({
  /** Milliseconds from the navigation to the largest paint; `null` where none was seen. */
  lcp: v.nullable(v.number()),
  /** What was painted largest. */
  largest: v.string(),
  /** Sum of the shifts that the reader did not cause. */
  cls: v.number(),
  /** Of each interaction, from the act to the next frame, in steps of 8 ms; those below 16 ms are not among them. */
  delays: v.array(v.number()),
});
export type Felt = v.InferOutput<typeof Felt>;

/** Before any other script. `takeFelt()` answers with what was seen since it was asked last. */
export const VITALS_PROBE = `(() => {
  let felt = { lcp: null, largest: "-", cls: 0, delays: [] };
  const see = (options, take) => {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(take));
    observer.observe({ buffered: true, ...options });
    return () => observer.takeRecords().forEach(take);
  };
  const flushes = [
    see({ type: "largest-contentful-paint" }, ({ startTime, element }) => {
      felt.lcp = startTime;
      felt.largest = (element?.tagName ?? "-").toLowerCase() + "." + (element?.className || "-");
    }),
    see({ type: "layout-shift" }, ({ value, hadRecentInput }) => {
      felt.cls += hadRecentInput ? 0 : value;
    }),
    see({ type: "event", durationThreshold: 16 }, ({ interactionId, duration }) => {
      if (interactionId > 0) felt.delays.push(duration);
    }),
  ];
  globalThis.takeFelt = () => {
    flushes.forEach((flush) => flush());
    const taken = felt;
    felt = { lcp: null, largest: "-", cls: 0, delays: [] };
    return taken;
  };
})()`;
