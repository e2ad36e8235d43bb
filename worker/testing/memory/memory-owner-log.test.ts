import { ownerLogContract } from "../../app/ports/owner-log.contract.ts";
import { MemoryOwnerLog } from "./memory-owner-log.ts";

ownerLogContract("memory", () => Promise.resolve(new MemoryOwnerLog()));
