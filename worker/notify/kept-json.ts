/** What the object keeps as JSON, as it reads it again: it wrote each itself, so what tells one from another is enough. */
import * as v from "valibot";
import type { AlertMessage } from "../app/ports/alert-channel.ts";
import { ALERT_KINDS, type ToldAlert } from "../core/alerts/alert-event.ts";

export const TOLD = v.pipe(
  v.string(),
  v.parseJson(),
  v.custom<ToldAlert>(
    (x) => typeof x === "object" && x !== null && "kind" in x && ALERT_KINDS.some((kind) => kind === x.kind),
  ),
);
export const MESSAGE = v.pipe(
  v.string(),
  v.parseJson(),
  v.custom<AlertMessage>(
    (x) =>
      typeof x === "object" &&
      x !== null &&
      "key" in x &&
      "text" in x &&
      "events" in x &&
      Array.isArray(x.events),
  ),
);
