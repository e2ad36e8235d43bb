/**
 * Opens the page without a network, with the last state that the server lets everybody read. The network always comes first:
 * while there is one, the reader gets the server's own page, so no version of it outlives an update.
 */
import { NAMES } from "./push.ts";

/** The files of this build, by their paths; the build writes them in place of this name. */
declare const BUILT_FILES: readonly string[];

/** A digest of these files. */
declare const BUILD: string;

/** What the build's files are kept under; another build, another name. */
const SHELL = `shell-${BUILD}`;
/** What the last answers are kept under. */
const STATE = "state";
/** Answers kept at most; the oldest goes first. */
const MOST_ANSWERS = 60;
/** When an answer was kept, ISO 8601: what has it is not live. */
const STORED_AT = "X-Stored-At";

declare const self: ServiceWorkerGlobalScope;

/** Pages that were opened without a network: no other gets a kept answer, which would be older than what it shows. */
const offlinePages = new Set<string>();

/** What forbids to keep an answer. Exported because a file without an export could not name its own `self`. */
export type Directive = "private" | "no-store";

/** Whether the policy of an answer has this directive. */
function has(answer: Response, directive: Directive): boolean {
  return (answer.headers.get("Cache-Control") ?? "no-store").includes(directive);
}

/** Only what needed no login: a private market leaves nothing on the device. */
function isForEverybody(answer: Response): boolean {
  return answer.ok && !has(answer, "private") && !has(answer, "no-store");
}

async function keep(request: Request, answer: Response): Promise<void> {
  const state = await caches.open(STATE);
  const headers = new Headers(answer.headers);
  headers.set(STORED_AT, new Date().toISOString());
  await state.delete(request);
  await state.put(request, new Response(await answer.blob(), { headers }));
  const oldest = (await state.keys()).slice(0, -MOST_ANSWERS);
  await Promise.all(oldest.map((one) => state.delete(one)));
}

/** How often everything was taken away: an answer that was asked for before is not kept after. */
let taken = 0;

async function takeAway(): Promise<void> {
  taken += 1;
  await caches.delete(STATE);
}

/** The server's answer, or without a network the last one. A refusal for want of a login takes every kept answer away. */
async function answerOf(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const before = taken;
  try {
    const answer = await fetch(request);
    offlinePages.delete(event.clientId);
    if (answer.status === 401 || has(answer, "private")) {
      event.waitUntil(takeAway());
    } else if (isForEverybody(answer) && taken === before) {
      event.waitUntil(keep(request, answer.clone()));
    }
    return answer;
  } catch (error) {
    const isOffline = offlinePages.has(event.clientId);
    const kept = isOffline ? await caches.match(request, { cacheName: STATE }) : undefined;
    if (kept === undefined) {
      throw error;
    }
    return kept;
  }
}

/** The server's page, or without a network the one that this build came with. */
async function pageOf({ request, resultingClientId }: FetchEvent): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match("/", { cacheName: SHELL });
    if (kept === undefined) {
      throw error;
    }
    offlinePages.add(resultingClientId);
    return kept;
  }
}

/** Names of files contain a digest of their content: what is kept is what the server has. */
async function fileOf(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: SHELL })) ?? fetch(request);
}

async function fill(): Promise<void> {
  const shell = await caches.open(SHELL);
  await shell.addAll(["/", ...BUILT_FILES]);
  await self.skipWaiting();
}

/** Takes away what other builds have kept. */
async function clear(): Promise<void> {
  const others = (await caches.keys()).filter(
    (name) => ![SHELL, STATE, NAMES.notified, NAMES.push].includes(name),
  );
  await Promise.all(others.map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener("install", (event) => {
  event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(clear());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (origin !== self.location.origin) {
    return;
  }
  if (pathname === "/api/session" && request.method !== "GET") {
    event.waitUntil(takeAway());
  } else if (request.method !== "GET" || pathname === "/api/kr/events") {
    // The page keeps what it has read of the events; each position would take the place of another answer.
    return;
  } else if (pathname.startsWith("/api/kr/")) {
    event.respondWith(answerOf(event));
  } else if (pathname.startsWith("/assets/")) {
    event.respondWith(fileOf(request));
  } else if (
    request.mode === "navigate" &&
    !/^\/(?:api|ws|docs|openapi\.json|feed\.xml)(?:\/|$)/u.test(pathname)
  ) {
    event.respondWith(pageOf(event));
  }
});
