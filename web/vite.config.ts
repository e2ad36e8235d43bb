import { defineConfig } from "vite";
import solid from "vite-plugin-solid";

const here = new URL(".", import.meta.url).pathname;

export default defineConfig({
  root: here,
  plugins: [solid()],
  build: {
    outDir: `${here}../dist/web`,
    emptyOutDir: true,
    target: "es2024",
    // Nothing inline: the policy in public/_headers allows no inline script and no inline style.
    assetsInlineLimit: 0,
    // Pages that load later are small: a list of what to fetch ahead costs every reader more than it saves one.
    modulePreload: false,
  },
  // `npx vite --config web/vite.config.ts` beside a running Worker.
  server: { proxy: { "/api": "http://localhost:8787", "/ws": { target: "ws://localhost:8787", ws: true } } },
});
