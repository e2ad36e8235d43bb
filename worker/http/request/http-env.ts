/** What hono knows of a request here. */
import type { RequestIdVariables } from "hono/request-id";
import type { SecureHeadersVariables } from "hono/secure-headers";

/** What hono knows of a request here. */
export interface HttpEnv {
  Variables: RequestIdVariables & SecureHeadersVariables;
}
