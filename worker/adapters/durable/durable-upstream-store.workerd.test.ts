import { runInDurableObject } from "cloudflare:test";
import { upstreamStoreContract } from "../../app/ports/upstream-store.contract.ts";
import { newBook } from "../../testing/stage/book-store.ts";
import { DurableUpstreamStore } from "./durable-upstream-store.ts";

upstreamStoreContract("a table of an object", (script) =>
  runInDurableObject(newBook(), (_, { storage }) =>
    script({
      store: new DurableUpstreamStore(storage),
      reborn: () => new DurableUpstreamStore(storage),
    }),
  ),
);
