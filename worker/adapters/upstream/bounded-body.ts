/** The body of an answer from outside, up to a size: what somebody else sends must not fill the memory of the Worker. */

/** The whole body, as it was decoded by the platform; `null` when it is longer than `maxBytes`, and then the rest is not read. */
export async function readBoundedBody(response: Response, maxBytes: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (part === undefined || part.done) {
      break;
    }
    length += part.value.length;
    if (length > maxBytes) {
      await reader?.cancel();
      return null;
    }
    parts.push(part.value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
