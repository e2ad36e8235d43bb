/** Where the subscription of this device is kept: beside what the service worker reads, who has no other storage of the page. */
import * as v from "valibot";
import type { SharedNames } from "../../offline/push-notice.ts";
import { parseText } from "../device/kept.ts";

const CACHE: SharedNames["push"] = "push";
const ENTRY: SharedNames["subscription"] = "/push/subscription";

const Stored = v.object({
  version: v.literal(1),
  id: v.string(),
  /** Changes and ends the subscription; it leaves the device with no file. */
  token: v.string(),
  /** What the server has last taken, as a text that is equal for the same. */
  sent: v.string(),
  /** The reader has ended it, and the server does not know that yet. */
  isEnding: v.boolean(),
});

export type KeptPush = Omit<v.InferOutput<typeof Stored>, "version">;

/** Both reject where the browser lets nothing be kept. */
export interface PushPlace {
  /** `null`: there is none, or one that cannot be read. */
  readonly read: () => Promise<KeptPush | null>;
  readonly write: (kept: KeptPush | null) => Promise<void>;
}

export const devicePush: PushPlace = {
  read: async () => {
    if (!("caches" in globalThis)) {
      return null;
    }
    const entry = await caches.match(ENTRY, { cacheName: CACHE });
    const found = v.safeParse(Stored, entry && parseText(await entry.text()));
    if (!found.success) {
      return null;
    }
    const { id, token, sent, isEnding } = found.output;
    return { id, token, sent, isEnding };
  },
  write: async (kept) => {
    const cache = await caches.open(CACHE);
    if (kept === null) {
      await cache.delete(ENTRY);
    } else {
      await cache.put(ENTRY, new Response(JSON.stringify({ version: 1, ...kept })));
    }
  },
};
