/** Cloudflare's rate limit bindings: counted at each location, without a wait for the network, and permissive. */

type Kind = "read" | "upgrade" | "guess" | "login" | "push";

type Binding = "READ_LIMIT" | "UPGRADE_LIMIT" | "GUESS_LIMIT" | "LOGIN_LIMIT" | "PUSH_LIMIT";

/** `undefined` where the bindings are not configured, as in plain workerd. */
export function rateLimits(
  env: Partial<Readonly<Record<Binding, RateLimit>>>,
): { take(kind: Kind, address: string): Promise<boolean> } | undefined {
  const { READ_LIMIT: read, UPGRADE_LIMIT: upgrade, GUESS_LIMIT: guess, LOGIN_LIMIT: login } = env;
  const { PUSH_LIMIT: push } = env;
  if (
    read === undefined ||
    upgrade === undefined ||
    guess === undefined ||
    login === undefined ||
    push === undefined
  ) {
    return undefined;
  }
  const limits: Readonly<Record<Exclude<Kind, "login">, RateLimit>> = { read, upgrade, guess, push };
  return {
    async take(kind, address) {
      if (kind === "login") {
        // As many as wrong tokens for each address, and besides a number for all together.
        const [ofAddress, ofAll] = await Promise.all([
          guess.limit({ key: `login ${address}` }),
          login.limit({ key: "all" }),
        ]);
        return ofAddress.success && ofAll.success;
      }
      const { success } = await limits[kind].limit({ key: address });
      return success;
    },
  };
}
