/** `/api/admin/actions`: what was done in the owner's name, newest first. */
import { Hono } from "hono";
import { formatKst } from "../../protocol/kst-time.ts";
import type { OwnerActionsBody } from "../../protocol/rest/owner-action.ts";
import { ActionsQuery } from "../../protocol/rest/query.ts";
import { ownerOnly } from "./owner.ts";
import type { HttpPorts } from "../request/ports.ts";
import type { HttpEnv } from "../request/http-env.ts";
import { readQuery } from "../request/read-query.ts";

export function actionRoutes(ports: HttpPorts): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>();

  routes.get("/actions", ownerOnly(ports), async (c) => {
    const { limit } = readQuery(c, ActionsQuery);
    const actions = (await ports.ownerLog.newest(limit)).map((one) => ({
      at: formatKst(one.at),
      method: one.method,
      path: one.path,
      request_id: one.requestId,
      network: one.network,
      status: one.status,
      ended_at: one.endedAt === null ? null : formatKst(one.endedAt),
    }));
    const body: OwnerActionsBody = { actions, count: actions.length };
    return c.json(body);
  });

  return routes;
}
