/** Cloudflare's rate limit bindings: counted at each location, without a wait for the network, and permissive. */

type Kind = "read" | "upgrade" | "guess";

/** `undefined` where the bindings are not configured, as in plain workerd. */
export function rateLimits(
  env: Partial<Readonly<Record<"READ_LIMIT" | "UPGRADE_LIMIT" | "GUESS_LIMIT", RateLimit>>>,
): { take(kind: Kind, address: string): Promise<boolean> } | undefined {
  const { READ_LIMIT: read, UPGRADE_LIMIT: upgrade, GUESS_LIMIT: guess } = env;
  if (read === undefined || upgrade === undefined || guess === undefined) {
    return undefined;
  }
  const limits: Readonly<Record<Kind, RateLimit>> = { read, upgrade, guess };
  return {
    async take(kind, address) {
      const { success } = await limits[kind].limit({ key: address });
      return success;
    },
  };
}
