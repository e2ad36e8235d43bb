/** The log of what was sent, as the owner and a browser read it (RT52). */
import type { DeliveryView } from "../../app/ports/alerts.ts";
import { formatKst } from "../../protocol/format.ts";
import type { DeliveriesBody } from "../../protocol/rest/alerts.ts";

function timeOf(at: number | null): string | null {
  return at === null ? null : formatKst(at);
}

export function deliveriesOf(views: readonly DeliveryView[]): DeliveriesBody {
  return {
    deliveries: views.map((one) => ({
      key: one.key,
      rule: one.ruleId,
      channel: one.receiver,
      kind: one.kind,
      state: one.state,
      title: one.title,
      total: one.total,
      attempts: one.attempts,
      created_at: formatKst(one.createdAt),
      sent_at: timeOf(one.sentAt),
      next_at: timeOf(one.nextAt),
      reason: one.reason,
    })),
  };
}
