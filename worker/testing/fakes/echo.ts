/** FK12: a vendor that repeats in its refusals what it was sent, as gateways do that show the faulty request. */
import type { VendorAnswer } from "./serve-vendor.ts";

/** The fields of the vendors' envelopes that a person is to read. */
const TEXT_FIELD = /"(respMsg|msg1|error_description)":"/g;

/** What a request carries to prove itself. */
async function proofsOf(request: Request): Promise<string> {
  const named = ["AUTH_KEY", "appkey", "appsecret", "authorization"].map((name) => request.headers.get(name));
  const body = request.method === "GET" ? "" : await request.text();
  return [...named, body].filter((part) => part !== null && part !== "").join(" ");
}

/** The answer with the request's proofs in its texts and in a header; `request` unread. One that refuses nothing stays as it is. */
export async function echoed(answer: VendorAnswer, request: Request): Promise<VendorAnswer> {
  if (typeof answer === "string") {
    return answer;
  }
  const text = new TextDecoder().decode(await answer.clone().arrayBuffer());
  const isRefusal = !answer.ok || text.startsWith("<") || /"rt_cd":"[1-9]"/.test(text);
  if (!isRefusal) {
    return answer;
  }
  const proofs = await proofsOf(request);
  const inText = JSON.stringify(proofs).slice(1, -1);
  const repeated = text.startsWith("<")
    ? text.replace("</", `${proofs}</`)
    : text.replaceAll(TEXT_FIELD, (field) => `${field}${inText} `);
  const headers = new Headers(answer.headers);
  headers.set("x-request", encodeURI(proofs));
  return new Response(repeated, { status: answer.status, headers });
}
