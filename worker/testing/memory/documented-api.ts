/** The routes as their document has them, for tests that go through all of them. */
import { makeApp } from "../../http/app.ts";
import { type ApiRoute, routesOf } from "../../http/request/api-routes.ts";
import type { SocketRoutes } from "../../http/request/ports.ts";
import { makeMemoryPorts } from "./memory-ports.ts";

const nobody = (): Promise<never> => Promise.reject(new Error("nobody is here"));
/** Sockets that take in nobody: their routes stand in the document only where sockets are served. */
export const NO_SOCKETS: SocketRoutes = {
  gateway: nobody,
  stream: nobody,
  stats: nobody,
  memories: () => [],
  feed: nobody,
};

export const API: readonly ApiRoute[] = routesOf(makeApp(makeMemoryPorts({ sockets: NO_SOCKETS })));
