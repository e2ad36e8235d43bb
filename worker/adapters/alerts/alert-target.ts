/** AL40 to AL43: the check of an address that alerts are sent to, by its text and then by what its name resolves to. */
import type { AlertTargets, ResolveName } from "../../app/ports/alert-target.ts";
import type { Log } from "../../app/ports/log.ts";
import { isPublicAddress } from "./public-address.ts";

const MAX_ADDRESS = 2_048;
const MAX_NAME = 253;
const MAX_LABEL = 63;
/** The two that https is served at; the empty text is 443. */
const PORTS = ["", "8443"];
/** Last labels of names that mean something inside a network, or nothing at all (RFC 6761, 6762, 8375, ICANN's collisions). */
const INNER_NAMES = new Set(
  "localhost localdomain local internal intranet private lan home corp arpa test example invalid onion alt".split(
    " ",
  ),
);

export interface TargetRules {
  /** `ALERT_TARGETS`: origins, with blanks between, that are not checked. */
  readonly exempt: string;
  readonly resolve: ResolveName;
  readonly log: Log;
}

/** Why the host of an address is none of the public network's; `null` for an address or name that may be one. */
function refusedHost(host: string): string | null {
  const bare = host.startsWith("[") ? host.slice(1, -1) : host;
  if (isLiteral(host)) {
    return isPublicAddress(bare) ? null : "its address is not a public one";
  }
  const labels = bare.split(".");
  if (bare.length > MAX_NAME || labels.some((label) => label === "" || label.length > MAX_LABEL)) {
    return "its host is no name";
  }
  if (labels.length < 2) {
    return "its host is a name without a dot";
  }
  return INNER_NAMES.has(labels.at(-1) ?? "") ? "its host is a name of an inner network" : null;
}

/** `URL` has written every spelling of an IPv4 address as four decimal parts, and put IPv6 into brackets. */
function isLiteral(host: string): boolean {
  return host.startsWith("[") || /^[\d.]+$/.test(host);
}

/** By the text alone; `null` where the name has still to be resolved, or is exempt. */
function refusedText(url: URL, exempt: readonly string[]): string | null {
  if (url.username !== "" || url.password !== "") {
    return "it holds a user name or a password";
  }
  if (exempt.includes(url.origin)) {
    return null;
  }
  if (url.protocol !== "https:") {
    return "it is not https";
  }
  if (!PORTS.includes(url.port)) {
    return "its port is neither 443 nor 8443";
  }
  return refusedHost(url.hostname);
}

/** Those that `ALERT_TARGETS` names; what is no address names none. */
export function originsIn(exempt: string): readonly string[] {
  return exempt.split(/\s+/).flatMap((origin) => URL.parse(origin)?.origin ?? []);
}

export function makeAlertTargets({ exempt, resolve, log }: TargetRules): AlertTargets {
  const origins = originsIn(exempt);
  return {
    async refusal(text) {
      const url = text.length <= MAX_ADDRESS ? URL.parse(text) : null;
      if (url === null) {
        return "it is no address";
      }
      const refused = refusedText(url, origins);
      if (refused !== null || origins.includes(url.origin) || isLiteral(url.hostname)) {
        return refused;
      }
      const addresses = await resolve(url.hostname);
      if (addresses === null) {
        // The platform's own fetch reaches no inner network, and `npm start` judges the address that is connected to (decision 058).
        log.write("warn", "alert_target_unresolved", { host: url.hostname });
        return null;
      }
      return addresses.every(isPublicAddress)
        ? null
        : "its name resolves to an address that is not a public one";
    },
  };
}
