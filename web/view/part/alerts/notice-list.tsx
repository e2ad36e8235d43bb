/** The notices of the day: unread ones first, by share, each a way to what it is about. What is followed is read. */
import { createMemo, For, type JSX, Show } from "solid-js";
import { isSimulated } from "../../../../worker/core/instrument/exchange-profile.ts";
import {
  groupedNotices,
  isUnread,
  type Notice,
  type NoticeGroup,
  noticesOf,
  type NoticeRecord,
  withAllRead,
  withEventsRead,
} from "../../../store/alerts/notice-log.ts";
import { alertRulesOf } from "../../../store/alerts/device-rules.ts";
import { useApp } from "../../app-context.tsx";
import { companyOf, noticeText } from "../../alerts/notice-text.ts";
import { useAlertPageTexts, useAlertTexts } from "../../alerts/use-texts.ts";
import { useMarket } from "../../market-context.tsx";

function NoticeLine(props: { notice: Notice; onFollow: () => void }): JSX.Element {
  const { format, naming } = useApp();
  const { exchange } = useMarket();
  const texts = useAlertTexts();
  const pageTexts = useAlertPageTexts();
  const shown = createMemo(() =>
    noticeText(props.notice.event, {
      texts: texts(),
      format: format(),
      naming,
      isSimulated: isSimulated(exchange.active()),
    }),
  );
  return (
    <li data-state={props.notice.state}>
      <a
        href={shown().path}
        onClick={() => {
          props.onFollow();
        }}
      >
        {shown().what}
      </a>{" "}
      <span class="number muted">{shown().time}</span>
      <Show when={isUnread(props.notice)}>
        {" "}
        <span class="tag">{pageTexts().isUnread}</span>
      </Show>
      <Show when={props.notice.state === "withdrawn"}>
        {" "}
        <span class="tag">{texts().withdrawn}</span>
      </Show>
      <p class="muted">{shown().facts}</p>
    </li>
  );
}

function GroupItem(props: { group: NoticeGroup; onFollow: (id: string) => void }): JSX.Element {
  const { naming } = useApp();
  const pageTexts = useAlertPageTexts();
  const company = createMemo(() => {
    const [first] = props.group.notices;
    const named = first === undefined ? null : companyOf(first.event);
    return named && naming(named);
  });
  return (
    <li>
      <h3 title={company()?.title}>
        {company()?.name ?? pageTexts().exchangeWide} <span class="number muted">{company()?.code}</span>
      </h3>
      <ul>
        <For each={props.group.notices}>
          {(notice) => (
            <NoticeLine
              notice={notice}
              onFollow={() => {
                props.onFollow(notice.event.id);
              }}
            />
          )}
        </For>
      </ul>
    </li>
  );
}

function Filled(props: { record: NoticeRecord }): JSX.Element {
  const pageTexts = useAlertPageTexts();
  const groups = createMemo(() => groupedNotices(props.record.value()));
  return (
    <>
      <Show when={groups().some(({ unread }) => unread > 0)}>
        <button
          type="button"
          class="quiet"
          onClick={() => {
            props.record.change(withAllRead);
          }}
        >
          {pageTexts().markRead}
        </button>
      </Show>
      <ul class="state-list">
        <For each={groups()}>
          {(group) => (
            <GroupItem
              group={group}
              onFollow={(id) => {
                props.record.change((log) => withEventsRead(log, [id]));
              }}
            />
          )}
        </For>
      </ul>
    </>
  );
}

export function NoticeList(): JSX.Element {
  const { device } = useApp();
  const { exchange } = useMarket();
  const pageTexts = useAlertPageTexts();
  const record = createMemo(() => {
    const active = exchange.active();
    return active === null ? null : noticesOf(device, active);
  });
  const isOn = createMemo(() =>
    alertRulesOf(device)
      .value()
      .some((rule) => rule.isOn),
  );
  const hasAny = createMemo(
    () =>
      record()
        ?.value()
        .notices.some(({ waits }) => waits === null) === true,
  );
  return (
    <section class="card" id="today" aria-labelledby="alerts-today">
      <h2 id="alerts-today">{pageTexts().today}</h2>
      <Show
        when={hasAny() && record()}
        fallback={<p class="muted">{isOn() ? pageTexts().todayEmpty : pageTexts().todayOff}</p>}
      >
        {(known) => <Filled record={known()} />}
      </Show>
    </section>
  );
}
