/** The owner's half of the page: without a login the way to it, with one what the server sends, where to, and what became of it. */
import { type JSX, Match, Show, Switch } from "solid-js";
import { createOwnerPart } from "../../../store/alerts/owner-alerts.ts";
import type { OwnerPart } from "../../../store/alerts/owner-requests.ts";
import type { Remote } from "../../../store/remote.ts";
import { useOwnerAlertTexts } from "../../alerts/use-owner-texts.ts";
import { RemoteState } from "../ui/remote-state.tsx";
import { ChannelSection } from "./channel-section.tsx";
import { DeliverySection } from "./delivery-section.tsx";
import { LoginLink } from "./request-failure.tsx";
import { OwnerRules } from "./owner-rules.tsx";

function Begin(props: { remote: Remote<OwnerPart> }): JSX.Element {
  const texts = useOwnerAlertTexts();
  return (
    <section class="card" id="owner" aria-labelledby="alerts-owner">
      <h2 id="alerts-owner">{texts().title}</h2>
      <RemoteState remote={props.remote} rows={4} />
      <Show when={props.remote.value()?.kind === "out"}>
        <p>
          {texts().out} <LoginLink />
        </p>
      </Show>
    </section>
  );
}

/** Exported for the gallery, whose answers do not come over a network. */
export function OwnerSections(props: { remote: Remote<OwnerPart> }): JSX.Element {
  const set = (): Extract<OwnerPart, { kind: "in" }> | null => {
    const part = props.remote.value();
    return part?.kind === "in" ? part : null;
  };
  const reload = async (): Promise<void> => props.remote.reload();
  return (
    <Switch fallback={<Begin remote={props.remote} />}>
      <Match when={set()}>
        {(known) => (
          <>
            <ChannelSection
              channels={known().channels}
              rules={known().rules}
              remote={props.remote}
              onChanged={reload}
            />
            <OwnerRules rules={known().rules} channels={known().channels} onChanged={reload} />
            <DeliverySection rules={known().rules} channels={known().channels} />
          </>
        )}
      </Match>
    </Switch>
  );
}

export function OwnerAlerts(): JSX.Element {
  const remote = createOwnerPart();
  return <OwnerSections remote={remote} />;
}
