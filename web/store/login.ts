/** Logging in, as the page shows it: whether there is a session, what is on its way, and why an attempt failed. */
import { createSignal, onMount } from "solid-js";
import { RequestError } from "./fetch-json.ts";
import { logOut } from "./log-out.ts";
import { logIn, readSession } from "./session.ts";

/** `null`: not known yet. `kept`: logged in until then, ISO 8601. `required`: the market that is shown asks for a login. */
export type LoginState =
  | null
  | { readonly kind: "form"; readonly required: boolean }
  | { readonly kind: "kept"; readonly until: string };

/** `notKept`: the browser did not keep the cookie. */
export type LoginFailure = RequestError | "notKept" | "empty";

/** The login as its page shows it. */
export interface Login {
  readonly state: () => LoginState;
  readonly failure: () => LoginFailure | null;
  readonly isBusy: () => boolean;
  enter(token: string): Promise<void>;
  leave(): Promise<void>;
}

/** Asks at once whether there is a session. `go` leads on after a login. */
export function createLogin(go: () => void): Login {
  const [state, setState] = createSignal<LoginState>(null);
  const [failure, setFailure] = createSignal<ReturnType<Login["failure"]>>(null);
  const [isBusy, setBusy] = createSignal(false);

  /** One at a time: a second press while the first is on its way is none. */
  async function attempt(work: () => Promise<void>): Promise<void> {
    if (isBusy()) {
      return;
    }
    setBusy(true);
    setFailure(null);
    try {
      await work();
    } catch (error) {
      setState((known) => known ?? { kind: "form", required: true });
      setFailure(RequestError.of(error));
    } finally {
      setBusy(false);
    }
  }
  async function look(): Promise<void> {
    const { required, expires_at: until } = await readSession();
    setState(until === null ? { kind: "form", required } : { kind: "kept", until });
  }
  onMount(() => void attempt(look));
  return {
    state,
    failure,
    isBusy,
    enter: async (token) => {
      if (token === "") {
        setFailure("empty");
        return;
      }
      await attempt(async () => {
        await logIn(token);
        // The browser may have refused the cookie: only another request shows it.
        if ((await readSession()).active) {
          go();
        } else {
          setFailure("notKept");
        }
      });
    },
    leave: async () => {
      await attempt(async () => {
        await logOut();
        await look();
      });
    },
  };
}
