import { upstreamStoreContract } from "../../app/ports/upstream-store.contract.ts";
import { MemoryUpstreamStore } from "./memory-upstream-store.ts";

upstreamStoreContract("memory", (script) => {
  const store = new MemoryUpstreamStore();
  return script({ store, reborn: () => store });
});
