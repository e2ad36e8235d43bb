/** Which addresses are one, where sockets are counted. */
import { describe, it } from "vitest";
import { addressBlock } from "./address-block.ts";

describe("address block", () => {
  it("[WS13b] counts IPv4 by address and IPv6 by its first 64 bits, however they are written", ({
    expect,
  }) => {
    expect(addressBlock("192.0.2.1")).toBe("192.0.2.1");
    expect(addressBlock("unknown")).toBe("unknown");
    const same = ["2001:db8:0:7::1", "2001:0DB8:0000:0007:ffff:1:2:3", "2001:db8:0:7:0:0:0:9"];
    expect(new Set(same.map(addressBlock))).toEqual(new Set(["2001:db8:0:7::/64"]));
    expect(addressBlock("2001:db8::1")).toBe("2001:db8:0:0::/64");
    expect(addressBlock("::1")).toBe("0:0:0:0::/64");
    expect(addressBlock("2001:db8:0:8::1")).not.toBe(addressBlock("2001:db8:0:7::1"));
    expect(addressBlock("::ffff:192.0.2.1")).toBe("::ffff:192.0.2.1");
  });
});
