/** What every adapter must do that buys an access token with its key: vendors block keys that ask for one again and again. */
import { describe, it } from "vitest";

export interface TokenWorld {
  /** A call of the adapter that needs a token; resolves with whether it was served. */
  use(): Promise<boolean>;
  /** The same call by an adapter that was born again on the same store. */
  useReborn(): Promise<boolean>;
  /** Tokens that the vendor was asked for, also in vain. */
  asked(): number;
  /** The clock of vendor and adapter. */
  advance(ms: number): void;
  /** The vendor takes the present token no more, before its time. */
  expire(): void;
  /** From now on the vendor refuses to issue a token. */
  refuse(on: boolean): void;
  /** How long a token is good for. */
  readonly lifeMs: number;
  end(): Promise<void>;
}

const MINUTE_MS = 60_000;

/** `make` gives a world without a token. */
export function accessTokenContract(name: string, make: () => Promise<TokenWorld>): void {
  describe(`access token: ${name}`, () => {
    const play = async (script: (world: TokenWorld) => Promise<void>): Promise<void> => {
      const world = await make();
      try {
        await script(world);
      } finally {
        await world.end();
      }
    };

    it("[MS10] many calls at once ask for one token, and one that was born again for none", async ({
      expect,
    }) => {
      await play(async (world) => {
        expect(await Promise.all(Array.from({ length: 8 }, () => world.use()))).toEqual(
          Array.from({ length: 8 }, () => true),
        );
        expect(await world.useReborn()).toBe(true);
        world.advance(world.lifeMs / 2);
        expect(await world.useReborn()).toBe(true);
        expect(world.asked()).toBe(1);
      });
    });

    it("[MS10] a token is renewed when its time is over, and once when it ends before", async ({
      expect,
    }) => {
      await play(async (world) => {
        expect(await world.use()).toBe(true);
        world.advance(world.lifeMs + MINUTE_MS);
        expect([await world.use(), world.asked()]).toEqual([true, 2]);
        world.advance(2 * MINUTE_MS);
        world.expire();
        expect([await world.use(), world.asked()]).toEqual([true, 3]);
      });
    });

    it("[MS10] a refused token is asked for at most once a minute", async ({ expect }) => {
      await play(async (world) => {
        world.refuse(true);
        for (let n = 0; n < 10; n++) {
          expect(await world.use()).toBe(false);
          expect(await world.useReborn()).toBe(false);
        }
        expect(world.asked()).toBe(1);
        world.refuse(false);
        world.advance(MINUTE_MS + 1);
        expect([await world.use(), world.asked()]).toEqual([true, 2]);
      });
    });
  });
}
