/** What the gallery leaves out, so that a part without an entry is a decision and no oversight. */

/** Files of parts without a state of their own in the gallery, and where they are looked at instead. */
export const EXEMPT: Readonly<Record<string, string>> = {
  "part/alerts/alert-region.tsx":
    "draws the notices over the page alone, which have an entry; it reads the log besides",
};
