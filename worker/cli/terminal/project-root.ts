/** The folder that holds package.json, wherever a command is called from. */
import { fileURLToPath } from "node:url";

export const projectRoot: string = fileURLToPath(new URL("../../..", import.meta.url));
