/** The variables that the middleware sets on each request. */
import type { RequestIdVariables } from "hono/request-id";
import type { SecureHeadersVariables } from "hono/secure-headers";

export interface HttpEnv {
  Variables: RequestIdVariables & SecureHeadersVariables;
}
