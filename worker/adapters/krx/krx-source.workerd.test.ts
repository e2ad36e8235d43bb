/** The same adapter in the Worker's own runtime, which opens no port: its requests reach the fake as they are. */
import { daySourceContract } from "../../app/ports/day-source.contract.ts";
import { masterSourceContract } from "../../app/ports/master-source.contract.ts";
import { stageWithoutPort } from "../../testing/fakes/vendor-stage.ts";
import { KRX_EXCHANGE, KRX_MORNING, krxDayWorld, krxMasterWorld } from "../../testing/stage/krx-stage.ts";

daySourceContract("KRX in workerd", () =>
  Promise.resolve(krxDayWorld(stageWithoutPort(KRX_EXCHANGE, KRX_MORNING))),
);
masterSourceContract("KRX in workerd", () =>
  Promise.resolve(krxMasterWorld(stageWithoutPort(KRX_EXCHANGE, KRX_MORNING))),
);
