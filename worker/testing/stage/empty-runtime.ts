/** For files of tests that share a runtime: each begins with empty objects and an empty database, whichever ran before it. */
import { reset } from "cloudflare:test";
import { beforeAll } from "vitest";

beforeAll(reset);
