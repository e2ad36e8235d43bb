/** How an answer of the server is met, whatever it is of: on its way, refused, unreadable, gone. */
import type { JSX } from "solid-js";
import type { Exchange } from "../../../worker/core/instrument/instrument.ts";
import { RequestError } from "../../store/fetch-json.ts";
import type { Remote } from "../../store/remote.ts";
import { Fact } from "../../view/part/ui/fact.tsx";
import { RemotePage } from "../../view/part/ui/remote-page.tsx";
import { RemoteState } from "../../view/part/ui/remote-state.tsx";
import { ScrollRegion } from "../../view/part/ui/scroll-region.tsx";
import { arrived, failed, kept, waiting } from "../remote.ts";
import type { Views } from "../views.ts";

interface Thing {
  readonly exchange: Exchange;
}

function state(remote: Remote<Thing>): () => JSX.Element {
  return () => <RemoteState remote={remote} rows={4} />;
}

function page(remote: Remote<Thing>): () => JSX.Element {
  return () => (
    <RemotePage
      remote={remote}
      class="run-page"
      back={{ href: "/", label: "VCP" }}
      gone="005930.20250128.20250415"
      owner="KRX"
    >
      {(value) => <p>{value().exchange}</p>}
    </RemotePage>
  );
}

function broken(error: RequestError): Remote<Thing> {
  return { ...waiting<Thing>(), busy: () => false, failure: () => error };
}

export const UI: Views<"ui"> = {
  ui: {
    loading: state(waiting()),
    refused: state(failed()),
    unreachable: state(broken(new RequestError("unreachable", "cut"))),
    unreadable: state(broken(new RequestError("unreadable", "another shape"))),
    kept: state(kept({ exchange: "KRX" })),
    gone: page(broken(new RequestError("refused", "404", { status: 404 }))),
    "other-exchange": page(arrived({ exchange: "DEMO" })),
    fact: () => (
      <ScrollRegion label="Facts">
        <dl class="fills">
          <Fact label="Filled" value="74" />
          <Fact label="Not reached" value="–" />
        </dl>
      </ScrollRegion>
    ),
  },
};
