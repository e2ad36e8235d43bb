/** The end of a login, offered where there is one. */
import { createSignal, type JSX, onMount, Show } from "solid-js";
import { LOGIN_TEXTS } from "../../../i18n/login-texts.ts";
import { LOGIN_PATH } from "../../../store/login-place.ts";
import { logOut } from "../../../store/log-out.ts";
import { readSession } from "../../../store/session.ts";
import { useApp } from "../../app-context.tsx";

/** Only where there is a session: whoever reads an open market has nothing to end. */
export function SessionSettings(): JSX.Element {
  const { locale, format } = useApp();
  const texts = (): (typeof LOGIN_TEXTS)["ko"] => LOGIN_TEXTS[locale()];
  const [until, setUntil] = createSignal<string | null>(null);
  const [failed, setFailed] = createSignal(false);
  onMount(() => {
    readSession().then(
      (session) => setUntil(session.expires_at),
      // Without an answer there is nothing to offer: the panels of the page show the server's failure.
      () => undefined,
    );
  });
  async function leave(): Promise<void> {
    try {
      await logOut();
      location.assign(LOGIN_PATH);
    } catch {
      setFailed(true);
    }
  }
  return (
    <Show when={until()}>
      {(end) => (
        <fieldset>
          <legend>{texts().session}</legend>
          <p>{texts().isIn(format().day(end()))}</p>
          <div role="alert">
            <Show when={failed()}>
              <p class="notice error">{texts().notEnded}</p>
            </Show>
          </div>
          <button type="button" class="action" onClick={() => void leave()}>
            {texts().logOut}
          </button>
        </fieldset>
      )}
    </Show>
  );
}
