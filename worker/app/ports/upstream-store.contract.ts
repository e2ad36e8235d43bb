/** What every {@link UpstreamStore} must do. */
import { describe, it } from "vitest";
import type { UpstreamStore } from "./market-sources.ts";

export interface StoreWorld {
  readonly store: UpstreamStore;
  /** On the same storage, with an empty memory. */
  reborn(): UpstreamStore;
}

/** `inWorld` runs the script with a store that nobody has used. */
export function upstreamStoreContract(
  name: string,
  inWorld: (script: (world: StoreWorld) => Promise<void>) => Promise<void>,
): void {
  describe(`UpstreamStore: ${name}`, () => {
    it("[MS13] gives back what was last put, also to one that was born again", async ({ expect }) => {
      await inWorld(async (world) => {
        const { store } = world;
        expect(await store.get("krx:calls")).toBeNull();
        await store.put("krx:calls", "1");
        await store.put("krx:calls", "2");
        await store.put("kis:token", "한글 'quoted' \n".repeat(1_000));
        for (const one of [store, world.reborn()]) {
          expect(await one.get("krx:calls")).toBe("2");
          expect(await one.get("kis:token")).toBe("한글 'quoted' \n".repeat(1_000));
        }
      });
    });

    it("[MS13] forgets what was deleted, and nothing beside it", async ({ expect }) => {
      await inWorld(async (world) => {
        const { store } = world;
        await store.put("krx:denied", "x");
        await store.put("krx:denied:a", "y");
        await store.delete("krx:denied");
        await store.delete("krx:never");
        expect([await world.reborn().get("krx:denied"), await world.reborn().get("krx:denied:a")]).toEqual([
          null,
          "y",
        ]);
      });
    });
  });
}
