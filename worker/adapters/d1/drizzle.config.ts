/** Where drizzle-kit finds the tables and leaves the migrations that wrangler applies. Paths are from the repository root. */
import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: "./worker/adapters/d1/schema.ts",
  out: "./migrations",
});
