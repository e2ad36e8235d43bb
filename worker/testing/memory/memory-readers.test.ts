import { readerSessionsContract } from "../../app/ports/reader-sessions.contract.ts";
import { MemoryReaderSessions } from "./memory-readers.ts";

readerSessionsContract("memory", () => Promise.resolve(new MemoryReaderSessions()));
