/** FK10: the switches of the fakes by name, for whoever runs the product against them by hand. */
import type { FakeKis } from "./kis/fake-kis.ts";
import type { FakeKiwoom } from "./kiwoom/fake-kiwoom.ts";
import { type FakeKrx, KRX_SERVICES } from "./krx/fake-krx.ts";
import { parseTradingDay } from "../../core/calendar/trading-day.ts";

interface Vendors {
  readonly krx: FakeKrx;
  readonly kis: FakeKis;
  readonly kiwoom: FakeKiwoom;
  readonly tricks: { echo: boolean };
}

/** As the vendor names it in its addresses, or by the last part of that. */
function serviceNamed(name: string): (typeof KRX_SERVICES)[number] | undefined {
  return KRX_SERVICES.find((service) => service === name || service.endsWith(`/${name}`));
}

/** No right to the interface, and an address that is not registered. */
const KIS_DENIALS = ["EGW00206", "EGW00303"] as const;
/** Another address than that of the token, one that is not registered, and no right to a service. */
const KIWOOM_DENIALS = ["8010", "8050", "8104"] as const;

/** The switches of each fake, by the name that stands before theirs. */
function switchesOf({
  krx,
  kis,
  kiwoom,
}: Pick<Vendors, "krx" | "kis" | "kiwoom">): Readonly<Record<string, object>> {
  return {
    krx: krx.traps,
    kis: kis.traps,
    socket: kis.socket.traps,
    kiwoom: kiwoom.traps,
    kiwoomSocket: kiwoom.socket.traps,
  };
}

/** What is no plain switch: it does something, or belongs to a day. `false` for a value that it cannot read. */
const SPECIAL: Readonly<Record<string, (vendors: Vendors, value: string) => boolean>> = {
  echo: ({ tricks }, value) => {
    tricks.echo = value === "on";
    return value === "on" || value === "off";
  },
  "krx.block": ({ krx }, value) => {
    krx.block();
    krx.traps.blockedUntil = value === "on" ? krx.traps.blockedUntil : 0;
    return value === "on" || value === "off";
  },
  "krx.late": ({ krx }, value) => {
    const [day, at] = [parseTradingDay(value.slice(0, 10)), Date.parse(`${value.slice(11)}+09:00`)];
    if (day !== null && !Number.isNaN(at)) {
      krx.traps.publishedAt.set(day, at);
    }
    return day !== null && !Number.isNaN(at);
  },
  "krx.unapproved": ({ krx }, value) => {
    const services = value === "off" ? [] : value.split(",").map(serviceNamed);
    if (services.includes(undefined)) {
      return false;
    }
    krx.traps.unapproved.clear();
    services.forEach((service) => service && krx.traps.unapproved.add(service));
    return true;
  },
  "krx.partial": ({ krx }, value) => {
    const [day, share] = [parseTradingDay(value.slice(0, 10)), Number(value.slice(11))];
    if (day !== null && share > 0) {
      krx.traps.partial.set(day, share);
    }
    return day !== null && share > 0;
  },
  "krx.revise": ({ krx }, value) => {
    krx.traps.revise =
      value === "on" ? (row) => ({ ...row, volume: row.volume === 0 ? 0 : row.volume + 1 }) : null;
    return value === "on" || value === "off";
  },
  "krx.lastClose": ({ krx }, value) => {
    krx.traps.revise = value === "on" ? (row) => ({ ...row, ...row.last }) : null;
    return value === "on" || value === "off";
  },
  "kis.denied": ({ kis }, value) => {
    const why = KIS_DENIALS.find((one) => one === value) ?? null;
    const isKnown = why !== null || value === "off";
    kis.traps.denied = isKnown ? why : kis.traps.denied;
    return isKnown;
  },
  "kis.noToken": ({ kis }, value) => {
    kis.tokens.refusing = value === "on";
    return value === "on" || value === "off";
  },
  "socket.cut": ({ kis }, value) => {
    kis.socket.cut();
    return value === "on";
  },
  "kiwoom.denied": ({ kiwoom }, value) => {
    const why = KIWOOM_DENIALS.find((one) => one === value) ?? null;
    const isKnown = why !== null || value === "off";
    kiwoom.traps.denied = isKnown ? why : kiwoom.traps.denied;
    return isKnown;
  },
  "kiwoom.expireToken": ({ kiwoom }, value) => {
    kiwoom.expireTokens();
    return value === "on";
  },
  "kiwoomSocket.cut": ({ kiwoom }, value) => {
    kiwoom.socket.cut();
    return value === "on";
  },
  "kiwoomSocket.takeOver": ({ kiwoom }, value) => {
    kiwoom.socket.takeOver();
    return value === "on";
  },
  "kiwoomSocket.unknown": ({ kiwoom }, value) => {
    kiwoom.socket.traps.unknown = value === "off" ? "" : value;
    return /^(?:off|[0-9A-Z]{6})$/.test(value);
  },
  "kis.expireToken": ({ kis }, value) => {
    kis.tokens.expire();
    return value === "on";
  },
};

/** Values of the special ones; every other switch is `on` or `off`, or a whole number. */
const SPECIAL_VALUES: Readonly<Record<string, string>> = {
  "krx.late": "2026-09-14=2026-09-15T09:30",
  "krx.partial": "2026-09-14=0.5",
  "krx.unapproved": "off, ksq_bydd_trd,kosdaq_dd_trd",
  "kis.denied": `off, ${KIS_DENIALS.join(", ")}`,
  "kiwoom.denied": `off, ${KIWOOM_DENIALS.join(", ")}`,
  "kiwoomSocket.unknown": "off, 005930",
};

/** Every switch with its present value, or the form of what it takes. */
export function listTraps(
  vendors: Pick<Vendors, "krx" | "kis" | "kiwoom">,
): Readonly<Record<string, string>> {
  const { krx, kis } = vendors;
  const plain = Object.entries(switchesOf(vendors)).flatMap(([vendor, traps]) =>
    Object.entries(traps).flatMap(([name, value]) =>
      typeof value === "boolean" || (typeof value === "number" && name !== "blockedUntil")
        ? [[`${vendor}.${name}`, typeof value === "number" ? String(value) : value ? "on" : "off"]]
        : [],
    ),
  );
  const special = Object.keys(SPECIAL).map((name) => [name, SPECIAL_VALUES[name] ?? "on, off"]);
  // The services that are refused at present, or the form of what it takes.
  const refused = [...krx.traps.unapproved].map((service) => service.split("/").at(-1)).join(",");
  const refusing = [
    ["krx.unapproved", refused],
    ["kis.denied", kis.traps.denied ?? ""],
  ].filter(([, value]) => value !== "");
  return Object.fromEntries([...plain, ...special, ...refusing]);
}

/** Sets the switch `krx.silent` to `on`; `false` when there is no such switch, or no such value. */
export function setTrap(vendors: Vendors, name: string, value: string): boolean {
  const special = SPECIAL[name];
  if (special !== undefined) {
    return special(vendors, value);
  }
  const [vendor = "", trap = ""] = name.split(".");
  const present = listTraps(vendors)[name];
  const isNumber = present !== undefined && /^\d+$/.test(present);
  if (present === undefined || !(isNumber ? /^\d{1,6}$/ : /^(?:on|off)$/).test(value)) {
    return false;
  }
  const traps = switchesOf(vendors)[vendor] ?? {};
  return Reflect.set(traps, trap, isNumber ? Number(value) : value === "on");
}
