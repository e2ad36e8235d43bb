/** The entry: requests, and the shells of the Durable Objects. */
import { DurableObject } from "cloudflare:workers";
import { Book } from "./market/book.ts";

export class MarketBook extends Book {}

export class Topic extends DurableObject<Env> {}

export default {
  fetch(): Response {
    return new Response("Not found", { status: 404 });
  },
} satisfies ExportedHandler<Env>;
