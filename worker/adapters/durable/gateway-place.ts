/**
 * Where gateways are: a fixed, small number of objects near their readers. An object does not move, so its name states where it
 * was born. More readers need more shards long before they need a relay tier (decision 017).
 */

const REGIONS = ["apac-ne", "weur", "wnam"] as const;
/** A location hint of the platform. */
export type GatewayRegion = (typeof REGIONS)[number];

const SHARDS: Readonly<Record<GatewayRegion, number>> = { "apac-ne": 4, weur: 2, wnam: 2 };

/** The shards of a region, as names. */
export function gatewaysOf(region: GatewayRegion): readonly string[] {
  return Array.from({ length: SHARDS[region] }, (_, shard) => `${region}/${shard}`);
}

/** For what every gateway must learn, as a switch of the exchange. */
export function allGateways(): readonly string[] {
  return REGIONS.flatMap(gatewaysOf);
}

const NEAREST: ReadonlyMap<string, GatewayRegion> = new Map([
  ["EU", "weur"],
  ["AF", "weur"],
  ["NA", "wnam"],
  ["SA", "wnam"],
]);

/** The region of Cloudflare's code of a continent; an unknown one gets the region of the data. */
export function regionOf(continent: string | null): GatewayRegion {
  return (continent === null ? undefined : NEAREST.get(continent)) ?? "apac-ne";
}

/** The first call to an object decides where it lives, so each call carries the hint. */
export function gatewayPlace(name: string): { readonly locationHint: GatewayRegion } {
  const region = REGIONS.find((one) => name.startsWith(`${one}/`));
  return { locationHint: region ?? "apac-ne" };
}
