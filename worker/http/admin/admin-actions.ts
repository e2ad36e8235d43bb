/** `/api/admin/actions`: what was done in the owner's name, newest first. */
import { formatKst } from "../../protocol/kst-time.ts";
import type { OwnerActionsBody } from "../../protocol/rest/owner-action.ts";
import { ActionsQuery } from "../../protocol/rest/query.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import type { HttpPorts } from "../request/ports.ts";

export function actionRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/actions", {
    summary: "What was done in the owner's name, newest first.",
    query: ActionsQuery,
    answer: { schema: "OwnerActions" },
    owner: true,
    example: { query: "?limit=10" },
    handle: async (c, { limit }) => {
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
    },
  });

  return routes;
}
