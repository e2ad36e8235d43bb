/** A secret that the server has drawn for a webhook: it is shown this once, until the owner states to have it. */
import { createSignal, type JSX, Show } from "solid-js";
import { useOwnerAlertTexts } from "../../alerts/use-owner-texts.ts";

/** `secret`: `null` where an earlier attempt drew it, whose answer never came. */
export interface Drawn {
  readonly name: string;
  readonly secret: string | null;
}

export function DrawnSecret(props: { drawn: Drawn; onDone: () => void }): JSX.Element {
  const texts = useOwnerAlertTexts();
  const [isCopied, setCopied] = createSignal<boolean | null>(null);
  async function copy(secret: string): Promise<void> {
    setCopied(null);
    setCopied(
      await navigator.clipboard.writeText(secret).then(
        () => true,
        // Expected of a browser that asks its reader, who refuses: the text can be selected.
        () => false,
      ),
    );
  }
  return (
    <div class="notice warn" id="drawn-secret">
      <Show when={props.drawn.secret} fallback={<p role="alert">{texts().notDrawn}</p>}>
        {(secret) => (
          <>
            <p role="alert">{texts().drawn(props.drawn.name)}</p>
            <p>
              <code>{secret()}</code>
            </p>
          </>
        )}
      </Show>
      <p class="list-tools picks">
        <Show when={props.drawn.secret}>
          {(secret) => (
            <button type="button" class="action" onClick={() => void copy(secret())}>
              {texts().copy}
            </button>
          )}
        </Show>
        <button
          type="button"
          class="action"
          onClick={() => {
            props.onDone();
          }}
        >
          {texts().drawnDone}
        </button>
      </p>
      <output>
        <Show when={isCopied() !== null}>{isCopied() === true ? texts().copied : texts().notCopied}</Show>
      </output>
    </div>
  );
}
