/** What the platform calls: requests, and the clock. Apart from the entry, so that a stage can live at another time than the machine. */
import { followMarket } from "./app/jobs/days/follow-market.ts";
import { keepWatch } from "./app/jobs/keep-watch.ts";
import { eveningScan } from "./app/jobs/scheduled-scan.ts";
import { isEveningScan } from "./app/scan-schedule.ts";
import { composeFollow, composeEveningScan, composeHttp, composeWatch } from "./compose.ts";
import { appPerEnv } from "./http/app.ts";
import { isCronFromFront, isFromFront, notFromFront } from "./http/request/front-key.ts";
import type { Time } from "./platform/system-clock.ts";

export interface Handlers extends Required<Pick<ExportedHandler<Env>, "fetch">> {
  scheduled(at: Pick<ScheduledController, "cron" | "scheduledTime">, env: Env): Promise<void>;
}

export function handlersOf(timeOf: (env: Env) => Time): Handlers {
  const appOf = appPerEnv((env: Env) => composeHttp(env, timeOf(env)));
  return {
    fetch: (request, env, ctx) =>
      isFromFront(request.headers, env.FRONT_KEY) ? appOf(env).fetch(request, env, ctx) : notFromFront(),

    scheduled: async ({ cron, scheduledTime }, env) => {
      if (isCronFromFront(cron, env.FRONT_KEY)) {
        const sources = composeFollow(env);
        const market = sources === null ? null : followMarket(sources);
        try {
          await (isEveningScan(scheduledTime)
            ? eveningScan(composeEveningScan(env, timeOf(env)))
            : keepWatch(composeWatch(env, timeOf(env))));
        } finally {
          await market;
        }
      }
    },
  };
}
