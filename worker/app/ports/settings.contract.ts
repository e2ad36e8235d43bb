/** What every {@link Settings} must do. */
import { describe, it } from "vitest";
import type { Settings } from "./settings.ts";

/** `make` gives settings that nobody has touched. */
export function settingsContract(name: string, make: () => Promise<Settings>): void {
  describe(`Settings: ${name}`, () => {
    it("[ST1] begins with the demo market", async ({ expect }) => {
      const settings = await make();
      expect(await settings.activeExchange()).toBe("DEMO");
    });

    it("[ST2] remembers the exchange that was last set", async ({ expect }) => {
      const settings = await make();
      await settings.setActiveExchange("KRX");
      expect(await settings.activeExchange()).toBe("KRX");
      await settings.setActiveExchange("DEMO");
      expect(await settings.activeExchange()).toBe("DEMO");
      await settings.setActiveExchange("KRX");
      expect(await settings.activeExchange()).toBe("KRX");
    });

    it("[ST3] numbers its switches, one to the same exchange too, and two at once differently", async ({
      expect,
    }) => {
      const settings = await make();
      expect(await settings.lastSwitch()).toEqual({ exchange: "DEMO", generation: 0 });
      expect(await settings.setActiveExchange("DEMO")).toEqual({ exchange: "DEMO", generation: 1 });
      const both = await Promise.all([settings.setActiveExchange("KRX"), settings.setActiveExchange("DEMO")]);
      expect(new Set(both.map(({ generation }) => generation))).toEqual(new Set([2, 3]));
      expect(both).toContainEqual(await settings.lastSwitch());
      expect((await settings.lastSwitch()).generation).toBe(3);
    });

    it("[ST4] records a first choice where there was none, and overrules none, not even that of the demo", async ({
      expect,
    }) => {
      const settings = await make();
      expect(await settings.chooseFirst("KRX")).toEqual({ exchange: "KRX", generation: 1 });
      expect(await settings.lastSwitch()).toEqual({ exchange: "KRX", generation: 1 });
      expect(await settings.chooseFirst("DEMO")).toBeNull();
      await settings.setActiveExchange("DEMO");
      expect(await settings.chooseFirst("KRX")).toBeNull();
      expect(await settings.lastSwitch()).toEqual({ exchange: "DEMO", generation: 2 });
    });

    it("[ST4] loses against a choice of the same moment", async ({ expect }) => {
      const settings = await make();
      await Promise.all([settings.setActiveExchange("DEMO"), settings.chooseFirst("KRX")]);
      expect(await settings.activeExchange()).toBe("DEMO");
    });
  });
}
