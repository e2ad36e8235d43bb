/** `/api/session` on the wire: who has logged in, and how one does. */
import * as v from "valibot";

/** What a reader sends to log in; the token is in no answer. */
export const LoginBody = v.object({ token: v.pipe(v.string(), v.minLength(1), v.maxLength(1_024)) });

export const SessionBody = v.object({
  /** The active exchange is shown only to whoever has logged in. */
  required: v.boolean(),
  /** This request has a session. */
  active: v.boolean(),
  /** When it ends by itself, in KST; `null` without one. */
  expires_at: v.nullable(v.string()),
});
export type SessionBody = v.InferOutput<typeof SessionBody>;
