/** The page that asks for the owner's token before a real market is shown. It loads nothing of the market. */
import { createEffect, createSignal, type JSX, Match, onMount, Show, Switch } from "solid-js";
import type { Dictionary } from "../../i18n/ko.ts";
import { LOGIN_TEXTS, type LoginTexts } from "../../i18n/login-texts.ts";
import { createLogin, type Login, type LoginFailure, type LoginState } from "../../store/login.ts";
import { placeAfterLogin } from "../../store/login-place.ts";
import { useApp } from "../app-context.tsx";
import { useDocumentAttributes } from "../document-attributes.ts";
import { LanguageSwitch, ThemeSwitch } from "../part/shell/header-controls.tsx";
import "../style/pages.css";

const TOKEN_COMMAND = "grep '^OWNER_TOKEN=' .dev.vars | cut -d= -f2";
const SECRET_COMMAND = "npx wrangler secret put OWNER_TOKEN";

/** What went wrong, and what to do; `null`: nothing did. */
function failureText(failure: LoginFailure | null, texts: LoginTexts, text: Dictionary): string | null {
  if (failure === null || typeof failure === "string") {
    return failure && texts[failure];
  }
  const { kind, problem, status } = failure;
  switch (problem?.type ?? "") {
    case "/problems/unauthorized":
      return texts.wrong;
    case "/problems/too-many-requests":
      return texts.tooOften;
    case "/problems/owner-not-configured":
      return texts.notConfigured;
    case "/problems/bad-body":
      return texts.wrong;
    default:
      return kind === "unreachable"
        ? text.errorOffline
        : problem === null
          ? text.errorStatus(status ?? 0)
          : `${text.problemText(problem)} ${text.requestId} ${problem.request_id}`;
  }
}

function Where(props: { texts: LoginTexts }): JSX.Element {
  return (
    <details class="login-where">
      <summary>{props.texts.whereTitle}</summary>
      <p>{props.texts.whereHere}</p>
      <pre>
        <code>{TOKEN_COMMAND}</code>
      </pre>
      <p>{props.texts.whereCloud}</p>
      <pre>
        <code>{SECRET_COMMAND}</code>
      </pre>
    </details>
  );
}

interface FormProps {
  readonly texts: LoginTexts;
  readonly failure: string | null;
  readonly isBusy: boolean;
  readonly onToken: (token: string) => void;
}

function TokenForm(props: FormProps): JSX.Element {
  const [field, setField] = createSignal<HTMLInputElement>();
  onMount(() => field()?.focus());
  createEffect(() => {
    if (props.failure !== null) {
      field()?.select();
    }
  });
  return (
    <form
      class="login-form"
      onSubmit={(event) => {
        event.preventDefault();
        props.onToken(field()?.value.trim() ?? "");
      }}
    >
      <label for="token">{props.texts.token}</label>
      <input
        id="token"
        ref={setField}
        type="password"
        autocomplete="current-password"
        autocapitalize="none"
        spellcheck={false}
        maxlength="1024"
        aria-invalid={props.failure !== null}
        aria-describedby={props.failure === null ? "login-stays" : "login-failure login-stays"}
      />
      <div role="alert" id="login-failure">
        <Show when={props.failure}>{(text) => <p class="notice error">{text()}</p>}</Show>
      </div>
      <button type="submit" class="action login-submit" aria-disabled={props.isBusy}>
        {props.isBusy ? props.texts.busy : props.texts.submit}
      </button>
      <p id="login-stays" class="muted">
        {props.texts.stays}
      </p>
    </form>
  );
}

function Kept(props: { texts: LoginTexts; until: string; to: string; onLeave: () => void }): JSX.Element {
  const { format } = useApp();
  return (
    <>
      <p>{props.texts.isIn(format().day(props.until))}</p>
      <p class="login-ways">
        <a class="action" href={props.to}>
          {props.texts.go}
        </a>
        <button
          type="button"
          class="action"
          onClick={() => {
            props.onLeave();
          }}
        >
          {props.texts.logOut}
        </button>
      </p>
    </>
  );
}

function FormOrKept(props: { login: Login; texts: LoginTexts; to: string }): JSX.Element {
  const { text } = useApp();
  const form = (): Extract<LoginState, { kind: "form" }> | null => {
    const state = props.login.state();
    return state?.kind === "form" ? state : null;
  };
  const kept = (): Extract<LoginState, { kind: "kept" }> | null => {
    const state = props.login.state();
    return state?.kind === "kept" ? state : null;
  };
  return (
    <Switch>
      <Match when={kept()}>
        {(state) => (
          <Kept
            texts={props.texts}
            until={state().until}
            to={props.to}
            onLeave={() => void props.login.leave()}
          />
        )}
      </Match>
      <Match when={form()}>
        {(state) => (
          <>
            <Show when={state().required} fallback={<NotNeeded texts={props.texts} to={props.to} />}>
              <p>{props.texts.why}</p>
            </Show>
            <TokenForm
              texts={props.texts}
              failure={failureText(props.login.failure(), props.texts, text())}
              isBusy={props.login.isBusy()}
              onToken={(token) => void props.login.enter(token)}
            />
            <Where texts={props.texts} />
          </>
        )}
      </Match>
    </Switch>
  );
}

function NotNeeded(props: { texts: LoginTexts; to: string }): JSX.Element {
  return (
    <p>
      {props.texts.notNeeded} <a href={props.to}>{props.texts.go}</a>
    </p>
  );
}

/** Outside of the market's stores: nothing is asked of the market, and no socket is opened. */
export function LoginPage(): JSX.Element {
  const { text, locale } = useApp();
  const texts = (): LoginTexts => LOGIN_TEXTS[locale()];
  const to = placeAfterLogin(location.search, location.origin);
  const login = createLogin(() => {
    location.replace(to);
  });
  useDocumentAttributes();
  createEffect(() => {
    document.title = `${texts().title} · ${text().product}`;
  });
  return (
    <div class="login-page">
      <header class="login-head">
        <h1>{text().product}</h1>
        <ThemeSwitch />
        <LanguageSwitch />
      </header>
      <main id="main" class="card login-card" aria-busy={login.isBusy()}>
        <h2>{texts().title}</h2>
        <FormOrKept login={login} texts={texts()} to={to} />
      </main>
      <footer class="muted login-foot">{text().notAdvice}</footer>
    </div>
  );
}
