/** Where the server sends to: each channel with its state in words, a test, its form and its end. */
import { createSignal, For, type JSX, Show } from "solid-js";
import type { AlertRule } from "../../../../worker/core/alerts/alert-rule.ts";
import type { ChannelBody, ChannelRow } from "../../../../worker/protocol/rest/alerts.ts";
import { isSecretOfUse, newDraft } from "../../../store/alerts/channel-draft.ts";
import { newId } from "../../../store/alerts/owner-alerts.ts";
import { MAX_CHANNELS, type OwnerPart, saveChannel } from "../../../store/alerts/owner-requests.ts";
import type { Remote } from "../../../store/remote.ts";
import { useOwnerAlertTexts } from "../../alerts/use-owner-texts.ts";
import { RemoteState } from "../ui/remote-state.tsx";
import { ChannelForm } from "./channel-form.tsx";
import { ChannelItem } from "./channel-item.tsx";
import { type Drawn, DrawnSecret } from "./drawn-secret.tsx";
import { Folded } from "./folded.tsx";

const KINDS = ["telegram", "webhook"] as const;

/** Whom the receiver of a saved channel is to be told of: the host, where it has no name. */
function nameOf(body: ChannelBody): string {
  return body.name || (body.kind === "webhook" ? (URL.parse(body.url ?? "")?.host ?? "") : body.chat_id);
}

interface Props {
  readonly channels: readonly ChannelRow[];
  readonly rules: readonly AlertRule[];
  readonly remote: Remote<OwnerPart>;
  readonly onChanged: () => Promise<void>;
}

interface AddProps {
  readonly kind: ChannelRow["kind"];
  readonly onChanged: () => Promise<void>;
  readonly onDrawn: (drawn: Drawn) => void;
}

function NewChannel(props: AddProps & { onDone: () => void }): JSX.Element {
  // Kept over attempts: one whose answer was lost made the channel all the same.
  const id = newId();
  async function save(body: ChannelBody): Promise<void> {
    const secret = await saveChannel(id, body);
    if (body.kind === "webhook" && isSecretOfUse(body) && body.secret === undefined) {
      props.onDrawn({ name: nameOf(body), secret });
    }
    await props.onChanged();
  }
  return <ChannelForm draft={newDraft(props.kind)} isNew onSave={save} onDone={props.onDone} />;
}

function AddChannel(props: AddProps): JSX.Element {
  const texts = useOwnerAlertTexts();
  return (
    <Folded summary={texts().add[props.kind]}>{(close) => <NewChannel {...props} onDone={close} />}</Folded>
  );
}

export function ChannelSection(props: Props): JSX.Element {
  const texts = useOwnerAlertTexts();
  const [drawn, setDrawn] = createSignal<Drawn | null>(null);
  // Takes the focus of what goes away at a press.
  const [head, setHead] = createSignal<HTMLHeadingElement>();
  const usedBy = (id: string): number => props.rules.filter(({ channels }) => channels.includes(id)).length;
  return (
    <section class="card" id="owner-channels" aria-labelledby="alerts-owner-channels">
      <h2 id="alerts-owner-channels" tabindex={-1} ref={setHead}>
        {texts().channels}
      </h2>
      <RemoteState remote={props.remote} rows={0} />
      <Show when={props.channels.length === 0}>
        <p>{texts().noChannels}</p>
      </Show>
      <ul class="state-list">
        {/* By id: a channel that changes keeps its form, and the form what is typed. */}
        <For each={props.channels.map(({ id }) => id)}>
          {(id) => (
            <Show when={props.channels.find((channel) => channel.id === id)}>
              {(channel) => (
                <ChannelItem
                  channel={channel()}
                  rules={usedBy(id)}
                  onChanged={props.onChanged}
                  onRemoved={() => head()?.focus()}
                />
              )}
            </Show>
          )}
        </For>
      </ul>
      <Show when={drawn()}>
        {(known) => (
          <DrawnSecret
            drawn={known()}
            onDone={() => {
              setDrawn(null);
              head()?.focus();
            }}
          />
        )}
      </Show>
      <Show
        when={props.channels.length < MAX_CHANNELS}
        fallback={<p class="muted">{texts().fullChannels}</p>}
      >
        <For each={KINDS}>
          {(kind) => <AddChannel kind={kind} onChanged={props.onChanged} onDrawn={setDrawn} />}
        </For>
      </Show>
    </section>
  );
}
