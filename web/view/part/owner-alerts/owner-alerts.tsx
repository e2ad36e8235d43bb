/** The owner's half of the page: without a login the way to it, with one what the server sends, where to, and what became of it. */
import { type JSX, Show } from "solid-js";
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
    <section class="card">
      <RemoteState remote={props.remote} rows={4} />
      <Show when={props.remote.value()?.kind === "out"}>
        <p>
          {texts().out} <LoginLink />
        </p>
      </Show>
    </section>
  );
}

function Sections(props: {
  set: Extract<OwnerPart, { kind: "in" }>;
  remote: Remote<OwnerPart>;
}): JSX.Element {
  const reload = async (): Promise<void> => props.remote.reload();
  return (
    <>
      <ChannelSection
        channels={props.set.channels}
        rules={props.set.rules}
        remote={props.remote}
        onChanged={reload}
      />
      <OwnerRules rules={props.set.rules} channels={props.set.channels} onChanged={reload} />
      <DeliverySection rules={props.set.rules} channels={props.set.channels} />
    </>
  );
}

/** Exported for the gallery, whose answers do not come over a network. */
export function OwnerSections(props: { remote: Remote<OwnerPart> }): JSX.Element {
  const texts = useOwnerAlertTexts();
  const set = (): Extract<OwnerPart, { kind: "in" }> | null => {
    const part = props.remote.value();
    return part?.kind === "in" ? part : null;
  };
  return (
    <section class="settings alerts" id="owner" aria-labelledby="alerts-owner">
      <header class="page-head">
        <div class="page-title">
          <h2 id="alerts-owner">{texts().title}</h2>
        </div>
        <Show when={set()}>
          {(known) => (
            <p class="muted">
              {texts().lead} {texts().links(known().links)}
            </p>
          )}
        </Show>
      </header>
      <Show when={set()} fallback={<Begin remote={props.remote} />}>
        {(known) => <Sections set={known()} remote={props.remote} />}
      </Show>
    </section>
  );
}

export function OwnerAlerts(): JSX.Element {
  const remote = createOwnerPart();
  return <OwnerSections remote={remote} />;
}
