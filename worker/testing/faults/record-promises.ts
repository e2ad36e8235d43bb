/** What must hold of the stored records at any death, between two of them, and when all has come to rest: each broken promise in a sentence. */
import type { StoredRecords, StreamRecord } from "./stored-records.ts";

/** The retention takes published messages beyond the newest 256 of a topic: fewer come between two looks, and of fewer runs. */
const KEPT_MESSAGES = 200;
const KEPT_RUNS = 50;

/** At any moment: nothing is half done. */
export function brokenAt(records: StoredRecords): readonly string[] {
  const { runs, events, signals, outbox } = records;
  const broken: string[] = [];
  for (const [id, own] of Map.groupBy(events, (event) => event.signal_id)) {
    if (own.some(({ seq }, n) => seq !== n + 1)) {
      broken.push(`the events of ${id} are numbered ${own.map(({ seq }) => seq).join(", ")}`);
    }
    if (!signals.includes(id)) {
      broken.push(`${id} has events and no row`);
    }
  }
  const recent = new Set(runs.filter(({ status }) => status === "done").slice(-KEPT_RUNS));
  for (const run of runs) {
    const { id, status } = run;
    const messages = outbox.filter((message) => message.id.startsWith(`${id}:`)).length;
    const written = events.filter((event) => event.run_id === id).length;
    if (status !== "done" && messages + written > 0) {
      broken.push(`run ${id} is ${status} and wrote ${written} events and ${messages} messages`);
    }
    if (recent.has(run) && messages < 2) {
      broken.push(`run ${id} is done and has ${messages} messages`);
    }
  }
  for (const [topic, stream] of Object.entries(records.streams)) {
    broken.push(...brokenStream(topic, stream, records));
  }
  return broken;
}

/** A message is in its stream once, in the order of the outbox, and is marked as published only then. */
function brokenStream(
  topic: string,
  { seq, ring }: StreamRecord,
  { outbox }: StoredRecords,
): readonly string[] {
  const broken: string[] = [];
  if (ring.some((message, n) => message.seq !== seq - ring.length + n + 1)) {
    broken.push(`${topic} at ${seq} holds the places ${ring.map((message) => message.seq).join(", ")}`);
  }
  const own = outbox.filter((message) => message.topic === topic);
  const from = own.findIndex(({ id }) => id === ring[0]?.id);
  const expected = own.slice(from).map(({ id }) => id);
  const ids = ring.map(({ id }) => id);
  if (from < 0 || ids.some((id, n) => expected[n] !== id)) {
    broken.push(`${topic} does not hold the messages of the outbox in their order`);
  }
  const lost = own.slice(from).filter(({ id, published_at: at }) => at !== null && !ids.includes(id));
  broken.push(...lost.map(({ id }) => `${id} is marked as published and not in ${topic}`));
  return broken;
}

/** All that must stay as it is, each fact as a text. */
function factsOf(records: StoredRecords): readonly string[] {
  const { runs, events, outbox, sessions, streams } = records;
  const ended = runs.filter(({ status }) => status !== "running");
  const kept = Array.from(Map.groupBy(outbox, ({ topic }) => topic).values()).flatMap((own) =>
    own.slice(-KEPT_MESSAGES),
  );
  const published = kept.filter((message) => message.published_at !== null);
  return [
    ...ended.map((run) => `run ${JSON.stringify(run)}`),
    ...runs.map(({ id }) => `the row of run ${id}`),
    ...events.map((event) => `event ${event.signal_id} ${event.seq} ${event.row}`),
    ...records.signals.map((id) => `signal ${id}`),
    ...records.outcomes.map((key) => `outcome ${key}`),
    ...records.gates.map((key) => `gate ${key}`),
    ...kept.map(({ id }) => `message ${id}`),
    ...published.map(({ id }) => `published ${id}`),
    ...sessions.map(({ day, rows }) => `session ${day} of ${rows} rows`),
    ...Object.entries(streams).map(([topic, { epoch }]) => `epoch ${epoch} of ${topic}`),
  ];
}

/** From one moment to a later one: what was saved stays as it was. */
export function brokenBetween(before: StoredRecords, after: StoredRecords): readonly string[] {
  const has = new Set(factsOf(after));
  const lost = factsOf(before).filter((fact) => !has.has(fact));
  const back = Object.entries(before.streams).filter(
    ([topic, { seq }]) => seq > (after.streams[topic]?.seq ?? Number.NEGATIVE_INFINITY),
  );
  return [...lost.map((fact) => `lost: ${fact}`), ...back.map(([topic]) => `${topic} went back`)];
}

/** When all has come to rest: nothing waits, and each session was scanned once. */
export function brokenAtRest(records: StoredRecords): readonly string[] {
  const { runs, outbox, open, due, sessions } = records;
  const waiting = outbox.filter((message) => message.published_at === null).length;
  const scanned = runs.filter((run) => run.kind === "session" && run.status === "done");
  const byDay = Map.groupBy(scanned, (run) => run.as_of);
  const first = Math.min(...scanned.map((run) => run.as_of ?? Number.POSITIVE_INFINITY));
  // A feed that died before it noted the newest session's rows ends that session again.
  const unscanned = sessions.slice(0, -1).filter(({ day }) => day > first && !byDay.has(day));
  return [
    ...runs.filter(({ status }) => status === "running").map(({ id }) => `run ${id} is still running`),
    ...runs
      .filter(({ status, reason }) => status !== "done" && reason === null)
      .map(({ id }) => `run ${id} did not succeed, without a reason`),
    ...(waiting > 0 ? [`${waiting} messages wait`] : []),
    ...(open > 0 ? [`${open} marks of the book are open`] : []),
    ...unscanned.map(({ day }) => `session ${day} was not scanned`),
    ...(due > 0 ? ["a session's scan is due"] : []),
    ...Array.from(byDay).flatMap(([day, { length }]) =>
      length > 1 ? [`session ${String(day)} was scanned ${length} times`] : [],
    ),
  ];
}
