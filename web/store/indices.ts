/** The latest close of each index. */
import { IndicesBody } from "../../worker/protocol/quote.ts";
import { fetchJson } from "./fetch-json.ts";
import { createRemote, type Remote } from "./remote.ts";

export function createIndices(): Remote<IndicesBody> {
  return createRemote(async (abort) => fetchJson("/api/kr/indices", IndicesBody, abort));
}
