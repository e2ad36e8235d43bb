/** Why the server did not do what was asked; spoken, with the number to quote, and the way to a new login where it wants one. */
import { type JSX, Show } from "solid-js";
import type { RequestError } from "../../../store/fetch-json.ts";
import { needsLogin } from "../../../store/alerts/owner-requests.ts";
import { loginFor } from "../../../store/login-place.ts";
import { ownerFailureText } from "../../alerts/owner-failure.ts";
import { useOwnerAlertTexts } from "../../alerts/use-owner-texts.ts";
import { useApp } from "../../app-context.tsx";

/** The login stands outside of the market: its address is opened, and not routed to. */
export function LoginLink(): JSX.Element {
  const texts = useOwnerAlertTexts();
  return (
    <a href={loginFor("/alerts")} rel="external">
      {texts().toLogin}
    </a>
  );
}

/** `lead`: what was not done. */
export function RequestFailure(props: { lead: string; failure: RequestError | null }): JSX.Element {
  const { text, locale } = useApp();
  return (
    <div role="alert">
      <Show when={props.failure}>
        {(failure) => (
          <p class="notice error">
            <strong>{props.lead}</strong> {ownerFailureText(failure(), { text: text(), locale: locale() })}{" "}
            <Show
              when={needsLogin(failure())}
              fallback={
                <Show when={failure().problem?.request_id}>
                  {(id) => (
                    <span class="muted">
                      {text().requestId} <code>{id()}</code>
                    </span>
                  )}
                </Show>
              }
            >
              <LoginLink />
            </Show>
          </p>
        )}
      </Show>
    </div>
  );
}
