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
  });
}
