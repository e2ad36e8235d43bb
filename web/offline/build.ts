/** What makes the page installable: the worker with the list of its files, the pictures of the icon, the manifest. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import sharp from "sharp";
import type { Plugin } from "vite";

const here = new URL(".", import.meta.url).pathname;
const COLOUR = "#5B4BD6";

/** Pixels of a side; `maskable` leaves a fifth to whatever shape a launcher cuts out. */
const ICONS = [
  { fileName: "icon-192.png", side: 192, isMaskable: false },
  { fileName: "icon-512.png", side: 512, isMaskable: false },
  { fileName: "icon-maskable.png", side: 512, isMaskable: true },
  { fileName: "icon-touch.png", side: 180, isMaskable: true },
] as const;

async function drawIcon({ side, isMaskable }: (typeof ICONS)[number]): Promise<Uint8Array> {
  const edge = isMaskable ? Math.round(side * 0.1) : 0;
  const size = side - 2 * edge;
  const picture = sharp(readFileSync(`${here}../public/icon.svg`), { density: 72 * 16 }).resize(size, size);
  const whole = picture.extend({ top: edge, bottom: edge, left: edge, right: edge, background: COLOUR });
  return (isMaskable ? whole.flatten({ background: COLOUR }) : whole).png().toBuffer();
}

const MANIFEST = {
  id: "/",
  name: "VCP Radar",
  short_name: "VCP Radar",
  name_localized: { ko: "VCP 레이더", en: "VCP Radar" },
  short_name_localized: { ko: "VCP 레이더", en: "VCP Radar" },
  start_url: "/",
  scope: "/",
  display: "standalone",
  background_color: "#f5f6f8",
  theme_color: COLOUR,
  icons: ICONS.filter(({ fileName }) => fileName !== "icon-touch.png").map(
    ({ fileName, side, isMaskable }) => ({
      src: `/${fileName}`,
      sizes: `${side}x${side}`,
      type: "image/png",
      purpose: isMaskable ? "maskable" : "any",
    }),
  ),
};

export function offlinePage(): Plugin {
  return {
    name: "offline-page",
    apply: "build",
    buildStart() {
      this.emitFile({ type: "chunk", id: `${here}service-worker.ts`, fileName: "sw.js" });
    },
    async generateBundle(_, bundle) {
      const files = Object.keys(bundle)
        .filter((name) => name.startsWith("assets/"))
        .map((name) => `/${name}`)
        .toSorted();
      const worker = bundle["sw.js"];
      if (worker?.type !== "chunk") {
        this.error("The bundle has no sw.js");
      }
      if (worker.imports.length > 0) {
        this.error(`sw.js is no module, and shares ${worker.imports.join(", ")} with the page`);
      }
      const build = createHash("sha256").update(files.join()).digest("hex").slice(0, 16);
      worker.code = `const BUILD="${build}",BUILT_FILES=${JSON.stringify(files)};${worker.code}`;
      this.emitFile({
        type: "asset",
        fileName: "manifest.webmanifest",
        source: JSON.stringify(MANIFEST),
      });
      await Promise.all(
        ICONS.map(async (icon) => {
          this.emitFile({ type: "asset", fileName: icon.fileName, source: await drawIcon(icon) });
        }),
      );
    },
  };
}
