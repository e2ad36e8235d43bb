/** The end of a session on this device, with what a private market may not be sent to any more. */
import type { SessionBody } from "../../worker/protocol/rest/reader-session.ts";
import { endSession } from "./session.ts";

/** Rejects with a RequestError. Where the market asks for a login, its alerts stop coming to this device and leave it. */
export async function logOut(): Promise<SessionBody> {
  const session = await endSession();
  if (session.required) {
    const [{ forgetNotices }, { endPush }] = await Promise.all([
      import("./alerts/notice-log.ts"),
      import("./alerts/device-push.ts"),
    ]);
    // Before the server is asked again: they go also where it cannot be reached.
    forgetNotices();
    await endPush();
  }
  return session;
}
