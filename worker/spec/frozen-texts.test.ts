import { describe, it } from "vitest";
import { describeFrozenText, findFrozenTexts } from "./frozen-texts.ts";

const FILE = "web/view/part/some.tsx";

describe("a function within Show or Match", () => {
  it.for([
    "<Show when={at()}>{(value) => text().asOf(value())}</Show>",
    '<Show\n  when={at()}\n  fallback={<b class="x">0</b>}>{(value) => ` · ${value()}`}</Show>',
    "<Match when={at()}>\n  {(value) => (\n    format().day(value())\n  )}\n</Match>",
  ])("[SP14] that returns a text is named: %s", (source, { expect }) => {
    expect(findFrozenTexts(FILE, source)).toHaveLength(1);
  });

  it.for([
    "<Show when={at()}>{(value) => <>{text().asOf(value())}</>}</Show>",
    "<Show when={at()}>\n  {(value) => (\n    <b>{value()}</b>\n  )}\n</Show>",
    "<Show when={at()}>\n  {(value) => {\n    const a = 1;\n    return <b>{a}</b>;\n  }}\n</Show>",
    "<Show when={at()}>{(value) => props.children(value)}</Show>",
    "<For each={rows()}>{(row) => row.name}</For>",
  ])("[SP14] that returns an element is not: %s", (source, { expect }) => {
    expect(findFrozenTexts(FILE, source)).toEqual([]);
  });

  it("[SP14] is named with its line and what to write", ({ expect }) => {
    const source = "<p>\n  <Show when={at()}>{(value) => format(value())}</Show>\n</p>";
    expect(findFrozenTexts(FILE, source).map(describeFrozenText)).toEqual([
      `${FILE}:2 is computed once: write (value) => <>{format(value())}</>`,
    ]);
    expect(findFrozenTexts("worker/some.ts", source)).toEqual([]);
  });
});
