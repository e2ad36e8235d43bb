import { describe, it } from "vitest";
import { loginFor, placeAfterLogin } from "./login-place.ts";

const ORIGIN = "https://radar.example";

describe("the way to the login", () => {
  it("[UI61] leads back to the page that was asked for, and never to another site", ({ expect }) => {
    for (const path of ["/", "/runs?x=1", "/signals/a%2Fb", "/docs", "/s/005930#chart"]) {
      expect(placeAfterLogin(new URL(loginFor(path), ORIGIN).search, ORIGIN)).toBe(path);
    }
    const foreign = [
      "",
      "?to=",
      "?to=//elsewhere.example/x",
      "?to=/\\elsewhere.example",
      "?to=https://elsewhere.example/",
      "?to=javascript:alert(1)",
      "?to=data:text/html,x",
      // The browser takes the dot away, and what is left names another site.
      "?to=/.//elsewhere.example/x",
      "?to=/..//elsewhere.example",
      "?to=/runs/..//elsewhere.example",
      "?to=/%2e//elsewhere.example",
      "?to=/.\\\\elsewhere.example",
      `?to=${ORIGIN}//elsewhere.example`,
      "?to=/login",
      "?to=/login?to=/runs",
      "?to=http://[",
    ];
    for (const search of foreign) {
      expect([search, placeAfterLogin(search, ORIGIN)]).toEqual([search, "/"]);
    }
  });
});
