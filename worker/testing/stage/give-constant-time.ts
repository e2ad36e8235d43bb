/** The platform's comparison of secrets in constant time, which Node has under another name. */
import { timingSafeEqual } from "node:crypto";

/** For routes that run in Node; files of tests share a process, so it may be given more than once. */
export function giveConstantTime(): void {
  const { subtle } = crypto;
  Object.defineProperty(subtle, "timingSafeEqual", {
    configurable: true,
    value: (a: ArrayBuffer, b: ArrayBuffer) => timingSafeEqual(Buffer.from(a), Buffer.from(b)),
  });
}
