import { defineConfig, type Plugin, type Rolldown } from "vite";
import solid from "vite-plugin-solid";
import { formTexts } from "../worker/protocol/rule-texts.ts";
import { offlinePage } from "./offline/build.ts";

const here = new URL(".", import.meta.url).pathname;

/** The modules that the entry imports at once, itself among them. */
function atOnce(context: Rolldown.ChunkingContext): ReadonlySet<string> {
  const seen = new Set([`${here}main.tsx`]);
  for (const id of seen) {
    context.getModuleInfo(id)?.importedIds.forEach((next) => seen.add(next));
  }
  return seen;
}

/** The router imports it for parts that the page leaves out; what uses it loads later: the rows of a long list. */
const LATER = /\/solid-js\/store\//u;

/** Both forms of the list with the chips over it: one file compresses better than the parts of either form. */
const OF_THE_LIST =
  /\/view\/(?:list\/(?:live-list|shown-rows)|part\/signals\/(?:list-rows|filter-(?:bar|chip)|signal-(?:table|table-row|card-list)|row-marks|star-button)|filter\/sort-labels|labels\/form-cap)\.tsx?$/u;

/** What every page needs is one file: apart, the parts of it compress by 3 kB worse. */
function makeChunkName(): (id: string, context: Rolldown.ChunkingContext) => string | null {
  let first: ReadonlySet<string> | null = null;
  return (id, context) => {
    first ??= atOnce(context);
    if (first.has(id) && !LATER.test(id)) {
      return "page";
    }
    return OF_THE_LIST.test(id) ? "rows" : null;
  };
}

/**
 * Texts of the rules in one language, in place of the table with both languages, numbers and sources: the table stays the only place
 * where a rule is written, and no reader of the dashboard loads it.
 */
function formTextsAtBuild(): Plugin {
  return {
    name: "form-texts",
    apply: "build",
    enforce: "pre",
    transform: {
      filter: { code: /formTexts\("(?:en|ko)"\)/u },
      handler: (code) => ({
        code: code
          // The import alone would bind the module of the other language to this one.
          .replace(/^import \{ formTexts \} from "[^"]+";$/mu, "")
          .replaceAll(/formTexts\("(en|ko)"\)/gu, (_, language: "en" | "ko") =>
            JSON.stringify(formTexts(language)),
          ),
        map: null,
      }),
    },
  };
}

/** The mode of the build that the tests of the gallery look at: as in production, with the pages of development. */
const GALLERY_MODE = "gallery";

/** Gives every build but that for production its further pages: what production never resolves cannot get into it. */
function developmentPages(): Plugin {
  return {
    name: "development-pages",
    apply: (_, { mode }) => mode !== "production",
    enforce: "pre",
    resolveId: {
      filter: { id: /\/development-pages\.ts$/u },
      handler: (_, importer) =>
        importer?.startsWith(`${here}view/`) === true ? `${here}gallery/development-pages.ts` : null,
    },
  };
}

/** Ends every file of texts with a call that may lengthen them: for the gallery alone, whose tests ask for it by the address. */
function longTexts(): Plugin {
  return {
    name: "long-texts",
    apply: (_, { mode }) => mode === GALLERY_MODE,
    enforce: "pre",
    transform: {
      filter: { id: /\/web\/i18n\/(?:(?:ko|en)(?:-[a-z]+)?|[a-z-]+-(?:texts|copy))\.ts$/u },
      handler: (code) => {
        const names = [...code.matchAll(/^export const (\w+)/gmu)].map(([, name = ""]) => name);
        const calls = names.map((name) => `lengthen(${name});`).join("\n");
        return {
          code: `import { lengthen } from "${here}gallery/long-texts.ts";\n${code}\n${calls}\n`,
          map: null,
        };
      },
    },
  };
}

export default defineConfig(({ mode }) => ({
  root: here,
  plugins: [developmentPages(), longTexts(), formTextsAtBuild(), solid(), offlinePage()],
  build: {
    outDir: `${here}../dist/${mode === GALLERY_MODE ? GALLERY_MODE : "web"}`,
    emptyOutDir: true,
    target: "es2024",
    // Nothing inline: the policy in public/_headers allows no inline script and no inline style.
    assetsInlineLimit: 0,
    // A list of what to fetch ahead costs every reader more than it saves one, but for what everybody waits for.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (file, needed) =>
        /\/(?:ko|en|list-rows)-[\w-]{8}\.js$/u.test(file) ? needed : [],
    },
    rolldownOptions: {
      // Modules of the core and of es-hangul do nothing when they are loaded: one of which nothing is used is left out.
      treeshake: {
        moduleSideEffects: [{ test: /\/worker\/core\/|\/node_modules\/es-hangul\//u, sideEffects: false }],
      },
      output: {
        codeSplitting: {
          groups: [
            // Encoders beside the schemas of the page import it, and of the page the search alone uses it.
            { name: "romanise", test: /\/node_modules\/es-hangul\/|\/protocol\/romanise\.ts$/u, priority: 1 },
            // Every page imports it for parts that it leaves out, and the alerts alone count in days; what it imports itself is of the page.
            {
              name: "days",
              test: /\/core\/calendar\/trading-day\.ts$/u,
              priority: 1,
              includeDependenciesRecursively: false,
            },
            { debugName: "page", name: makeChunkName() },
          ],
        },
      },
    },
  },
  // `npx vite --config web/vite.config.ts` beside a running Worker.
  server: { proxy: { "/api": "http://localhost:8787", "/ws": { target: "ws://localhost:8787", ws: true } } },
}));
