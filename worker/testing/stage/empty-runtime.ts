/**
 * For files of tests that share a runtime: each begins with empty objects and an empty database, whichever ran before it. A demo that was
 * begun may still be filling the book of DEMO: what expects that book to hold nothing else stands in a file with a runtime of its own.
 */
import { reset } from "cloudflare:test";
import { beforeAll } from "vitest";

beforeAll(reset);
