/** `/api/admin/live`: the socket of a machine that brings live prices in the place of a vendor which lets no Worker in. */
import * as v from "valibot";
import { RETRY_LATER } from "../../protocol/rest/problem.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import type { HttpPorts } from "../request/ports.ts";
import { Refusal } from "../request/problem-response.ts";

const AskedHere = v.object({ source: v.nullable(v.string()) });

export function liveRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/live", {
    summary:
      "A WebSocket for a machine that brings live prices in the Worker's place (npm run collect -- --live); one at a time.",
    answer: { switch: true },
    problems: ["asked-here", "upgrade-required"],
    owner: true,
    handle: async (c) => {
      // Nothing of the owner's token is of use behind this.
      const headers = { Upgrade: c.req.header("Upgrade") ?? "none" };
      const answer = await ports.machine?.(new Request(c.req.url, { headers }));
      if (answer?.webSocket) {
        return new Response(null, { status: 101, webSocket: answer.webSocket });
      }
      const asked = answer?.status === 409 ? v.safeParse(AskedHere, await answer.json()) : null;
      if (asked?.success === true) {
        throw new Refusal("asked-here", {
          detail: `This Worker follows live prices of ${asked.output.source ?? "this exchange"} itself. LIVE_SLOTS = "0" there has it follow none, and it takes those of a machine.`,
        });
      }
      if (answer?.status === 426) {
        throw new Refusal(
          "upgrade-required",
          { detail: "This path speaks WebSocket." },
          { Upgrade: "websocket" },
        );
      }
      throw new Refusal(
        "unavailable",
        { detail: "No machine can be taken in just now.", neighbour: "MarketFeed" },
        RETRY_LATER,
      );
    },
  });

  return routes;
}
