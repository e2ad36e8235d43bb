import { describe, it } from "vitest";
import { FRONT_KEY_HEADER } from "../../protocol/front-key-header.ts";
import { isCronFromFront, isFromFront, notFromFront } from "./front-key.ts";

const withKey = (key: string): Headers => new Headers({ [FRONT_KEY_HEADER]: key });

describe("a Worker with a front", () => {
  it("[RT28] takes requests and crons that have its key, and no others", ({ expect }) => {
    expect(isFromFront(withKey("secret"), "secret")).toBe(true);
    expect([isFromFront(new Headers(), "secret"), isFromFront(withKey("guess"), "secret")]).toEqual([
      false,
      false,
    ]);
    expect([isCronFromFront("secret", "secret"), isCronFromFront("20 9 * * MON-FRI", "secret")]).toEqual([
      true,
      false,
    ]);
    expect(notFromFront().status).toBe(421);
  });

  it("[RT28] takes all of them in a deployment, which has no front", ({ expect }) => {
    expect([isFromFront(new Headers(), ""), isCronFromFront("20 9 * * MON-FRI", "")]).toEqual([true, true]);
  });
});
