import { describe, it } from "vitest";
import { readServeArgs } from "./serve-args.ts";

describe("npm start -- --session", () => {
  it.for([
    ["60s", 60],
    ["90s", 90],
    ["1m", 60],
    ["5m", 300],
    ["1h", 3_600],
    ["24h", 86_400],
    ["86400s", 86_400],
  ] as const)("[CL20] %s is %d seconds", ([text, seconds], { expect }) => {
    expect(readServeArgs(["--session", text])).toMatchObject({ session: seconds });
  });

  it.for(["59s", "0m", "25h", "86401s", "300", "5 m", "1d", "-5m", "1.5h", ""])(
    "[CL20] refuses %o and names what it takes",
    (text, { expect }) => {
      expect(() => readServeArgs([`--session=${text}`])).toThrow("60s to 24h");
    },
  );

  it("[CL20] leaves the length to wrangler.toml when it is not given", ({ expect }) => {
    expect(readServeArgs([])).toEqual({ port: 8_787, state: null, session: null });
  });

  it("[CL42] takes further names in lower case, and nothing but names", ({ expect }) => {
    expect(readServeArgs(["--host", "Radar.example", "--host=10.0.0.2"])?.hosts).toEqual([
      "radar.example",
      "10.0.0.2",
    ]);
    for (const text of ["http://radar.example", "radar.example:80", "radar example", "*", ""]) {
      expect(() => readServeArgs([`--host=${text}`])).toThrow("--host takes a name");
    }
  });
});
