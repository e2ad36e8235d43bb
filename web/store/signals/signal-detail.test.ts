import { createRoot, createSignal } from "solid-js";
import { afterEach, beforeEach, it, vi } from "vitest";
import { createRemote, type Remote } from "../remote.ts";
import { reloadWhenWritten } from "./signal-detail.ts";

interface Written {
  readonly updated_at: string;
}

/** What the server has, and how often it was asked. */
const server = { updated_at: "", asked: 0 };

beforeEach(() => {
  vi.useFakeTimers();
  server.updated_at = "T1";
  server.asked = 0;
});

afterEach(() => {
  vi.useRealTimers();
});

async function load(): Promise<Written> {
  server.asked += 1;
  const { updated_at } = server;
  await new Promise((resume) => setTimeout(resume, 100));
  return { updated_at };
}

/** A page of a signal; `listed`: when the row of it was written that the live list has already. */
function openPage(listed: string | null): {
  readonly write: (at: string | null) => void;
  readonly detail: Remote<Written>;
} {
  const [writing, setWriting] = createSignal(listed);
  const detail = createRoot(() => {
    const made = createRemote(load);
    reloadWhenWritten(made, writing);
    return made;
  });
  return { write: (at) => setWriting(at), detail };
}

it.for([50, 500])(
  "[UI259] a list that comes %d ms after the page asks for nothing again",
  async (ms, { expect }) => {
    const { write, detail } = openPage(null);
    await vi.advanceTimersByTimeAsync(ms);
    write("T1");
    await vi.advanceTimersByTimeAsync(1_000);
    expect([server.asked, detail.value()?.updated_at]).toEqual([1, "T1"]);
  },
);

it("[UI259] a writing while the answer is on its way is asked for when the answer is of an older one", async ({
  expect,
}) => {
  const { write, detail } = openPage("T1");
  await vi.advanceTimersByTimeAsync(50);
  server.updated_at = "T2";
  write("T2");
  await vi.advanceTimersByTimeAsync(1_000);
  expect([server.asked, detail.value()?.updated_at]).toEqual([2, "T2"]);
});

it("[UI259] each writing of the list is asked for, and once more when the signal leaves it", async ({
  expect,
}) => {
  const { write, detail } = openPage("T1");
  await vi.advanceTimersByTimeAsync(1_000);
  for (const at of ["T2", "T3"]) {
    server.updated_at = at;
    write(at);
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect([server.asked, detail.value()?.updated_at]).toEqual([3, "T3"]);
  server.updated_at = "T4";
  write(null);
  await vi.advanceTimersByTimeAsync(1_000);
  expect([server.asked, detail.value()?.updated_at]).toEqual([4, "T4"]);
});
