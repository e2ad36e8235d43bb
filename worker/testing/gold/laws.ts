/** The laws that are held against the judges: the one that ships first, the filters without a base below it. */
import { PARAMS } from "../../core/params.ts";
import { crudeFamily, crudeLaw, LEADER_CRUDE, STRICT_CRUDE } from "./crude-filter.ts";
import { detectorLaw, type LawFamily } from "./law.ts";

/** A law to compare is one entry more; a family of several members is chosen from by cross-validation. */
export const FAMILIES: readonly LawFamily[] = [
  { name: PARAMS.version, members: [detectorLaw(PARAMS.version)] },
  { name: "crude, leader", members: [crudeLaw(LEADER_CRUDE)] },
  { name: "crude, strict", members: [crudeLaw(STRICT_CRUDE)] },
  crudeFamily(),
];
