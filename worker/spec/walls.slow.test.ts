import { posix } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { type Findings, plantTree, type PlantedTree } from "./planted-tree.ts";

/** One file a folder, for others to import: a value and a type. */
const FOLDERS = [
  "worker/core",
  "worker/protocol",
  "worker/app/ports",
  "worker/app/jobs",
  "worker/research",
  "worker/platform",
  "worker/adapters/d1",
  "worker/adapters/csv",
  "worker/market",
  "worker/live",
  "worker/notify",
  "worker/http",
  "worker/cli",
  "worker/testing",
  "worker/bench",
  "web/live",
  "web/store",
  "web/view",
] as const;
type Folder = (typeof FOLDERS)[number];

const THING =
  "export interface Thing {\n  readonly size: number;\n}\n\nexport const thing: Thing = { size: 1 };\n";
const SOUND = Object.fromEntries(FOLDERS.map((folder) => [`${folder}/thing.ts`, THING]));

const INNER: readonly Folder[] = ["worker/core", "worker/protocol"];

/** The table of folders: what a file may import. `types` are allowed as types only. */
const SEES: Readonly<
  Record<Folder, { readonly all: readonly Folder[]; readonly types?: readonly Folder[] }>
> = {
  "worker/core": { all: ["worker/core"] },
  "worker/protocol": { all: INNER },
  "worker/app/ports": { all: [...INNER, "worker/app/ports"] },
  "worker/app/jobs": { all: [...INNER, "worker/app/ports", "worker/app/jobs"] },
  "worker/research": { all: [...INNER, "worker/app/ports", "worker/app/jobs", "worker/research"] },
  "worker/platform": { all: ["worker/core", "worker/app/ports", "worker/platform"] },
  "worker/adapters/d1": {
    all: [...INNER, "worker/app/ports", "worker/platform", "worker/adapters/d1", "worker/adapters/csv"],
    types: ["worker/market", "worker/live", "worker/notify"],
  },
  "worker/adapters/csv": {
    all: [...INNER, "worker/app/ports", "worker/platform", "worker/adapters/d1", "worker/adapters/csv"],
    types: ["worker/market", "worker/live", "worker/notify"],
  },
  "worker/market": {
    all: [...INNER, "worker/app/ports", "worker/app/jobs", "worker/platform", "worker/market"],
  },
  "worker/live": { all: [...INNER, "worker/app/ports", "worker/platform", "worker/live"] },
  "worker/notify": { all: [...INNER, "worker/app/ports", "worker/platform", "worker/notify"] },
  "worker/http": { all: [...INNER, "worker/app/ports", "worker/platform", "worker/http"] },
  "worker/cli": {
    all: [
      ...INNER,
      "worker/app/ports",
      "worker/app/jobs",
      "worker/research",
      "worker/adapters/csv",
      "worker/cli",
    ],
  },
  "worker/testing": { all: FOLDERS.filter((folder) => folder !== "worker/bench") },
  "worker/bench": { all: FOLDERS },
  "web/live": { all: [...INNER, "web/live"] },
  "web/store": { all: [...INNER, "web/live", "web/store"] },
  "web/view": { all: ["worker/core", "web/live", "web/store", "web/view"], types: ["worker/protocol"] },
};

const named = (folder: string): string => folder.replaceAll("/", "-");

const IMPORTS = FOLDERS.flatMap((from) =>
  FOLDERS.flatMap((to) =>
    (["value", "type"] as const).map((kind) => {
      const path = posix.relative(from, `${to}/thing.ts`);
      const specifier = path.startsWith(".") ? path : `./${path}`;
      const free =
        SEES[from].all.includes(to) || (kind === "type" && SEES[from].types?.includes(to) === true);
      const text =
        kind === "type"
          ? `import type { Thing } from "${specifier}";\n\nexport type Own = Thing;\n`
          : `import { type Thing, thing } from "${specifier}";\n\nexport const own: Thing = thing;\n`;
      return { from, to, kind, free, text, file: `${from}/${kind}-of-${named(to)}.ts` };
    }),
  ),
);

/** Breaches that the linter keeps out, by file. */
const LINTED = {
  "worker/core/now.ts": ["export const now: number = Date.now();\n", "eslint(no-restricted-globals)"],
  "worker/core/dice.ts": ["export const dice: number = Math.random();\n", "eslint(no-restricted-properties)"],
  "worker/core/dice-by-hand.ts": [
    "const { random } = Math;\nexport const dice: number = random();\n",
    "eslint(no-restricted-properties)",
  ],
  "worker/core/way-round.ts": [
    'export const now: unknown = globalThis["Date"];\n',
    "eslint(no-restricted-globals)",
  ],
  "worker/core/library.ts": [
    'import { pipe } from "valibot";\n\nexport const own: unknown = pipe;\n',
    "eslint(no-restricted-imports)",
  ],
  "worker/app/jobs/now.ts": ["export const now: number = Date.now();\n", "eslint(no-restricted-globals)"],
  "worker/app/jobs/wait.ts": ["setTimeout(() => {}, 1);\nexport {};\n", "eslint(no-restricted-globals)"],
  "worker/app/jobs/ask.ts": [
    'export const answer: unknown = fetch("https://example.com");\n',
    "eslint(no-restricted-globals)",
  ],
  "worker/app/jobs/print.ts": ['console.log("done");\nexport {};\n', "eslint(no-restricted-globals)"],
  "worker/research/now.ts": ["export const now: number = Date.now();\n", "eslint(no-restricted-globals)"],
  "worker/research/dice.ts": [
    "export const dice: number = Math.random();\n",
    "eslint(no-restricted-properties)",
  ],
  "worker/research/library.ts": [
    'import { pipe } from "valibot";\n\nexport const own: unknown = pipe;\n',
    "eslint(no-restricted-imports)",
  ],
  "worker/protocol/router.ts": [
    'import { Hono } from "hono";\n\nexport const own: unknown = Hono;\n',
    "eslint(no-restricted-imports)",
  ],
  "worker/http/client.ts": [
    'import { createSignal } from "solid-js";\n\nexport const own: unknown = createSignal;\n',
    "eslint(no-restricted-imports)",
  ],
  "worker/core/vcp/deep.ts": [
    'import type { Thing } from "../../adapters/d1/thing.ts";\n\nexport type Own = Thing;\n',
    "eslint(no-restricted-imports)",
  ],
  "worker/http/routes/deep.ts": [
    'import { thing } from "../../adapters/d1/thing.ts";\n\nexport const own: unknown = thing;\n',
    "eslint(no-restricted-imports)",
  ],
  "worker/cli/collect/deep.ts": [
    'import { thing } from "../../adapters/krx/thing.ts";\n\nexport const own: unknown = thing;\n',
    "eslint(no-restricted-imports)",
  ],
  "worker/cli/import/vendors.ts": [
    'import { thing } from "../../adapters/upstream/thing.ts";\n\nexport const own: unknown = thing;\n',
    "eslint(no-restricted-imports)",
  ],
  "worker/live/session/deep.ts": [
    'import { thing } from "../../http/thing.ts";\n\nexport const own: unknown = thing;\n',
    "eslint(no-restricted-imports)",
  ],
  "web/view/part/ui/deep.ts": [
    'import { thing } from "../../../../worker/http/thing.ts";\n\nexport const own: unknown = thing;\n',
    "eslint(no-restricted-imports)",
  ],
  "worker/app/cycle-a.ts": [
    'import type { B } from "./cycle-b.ts";\n\nexport interface A {\n  readonly b: B | null;\n}\n',
    "import(no-cycle)",
  ],
  "worker/app/cycle-b.ts": [
    'import type { A } from "./cycle-a.ts";\n\nexport interface B {\n  readonly a: A | null;\n}\n',
    "import(no-cycle)",
  ],
  "web/live/signal.ts": [
    'import { createSignal } from "solid-js";\n\nexport const own: unknown = createSignal;\n',
    "eslint(no-restricted-imports)",
  ],
} as const;

/** Breaches that the compiler keeps out, by file. TS2304, TS2584: no such name. TS6307: not a file of this project. */
const COMPILED = {
  "worker/core/ask.ts": ['export const answer: unknown = fetch("https://example.com");\n', "TS2304"],
  "worker/core/wait.ts": ["export const wait: unknown = setTimeout;\n", "TS2304"],
  "worker/core/print.ts": ['console.log("done");\nexport {};\n', "TS2584"],
  "worker/core/type-of-worker-app-ports.ts": ["", "TS6307"],
  "worker/core/value-of-worker-adapters-d1.ts": ["", "TS6307"],
  "worker/protocol/value-of-worker-app-jobs.ts": ["", "TS6307"],
  "worker/app/jobs/type-of-worker-adapters-d1.ts": ["", "TS6307"],
  "worker/app/jobs/value-of-worker-market.ts": ["", "TS6307"],
  "worker/research/print.ts": ['console.log("done");\nexport {};\n', "TS2584"],
  "worker/research/value-of-worker-adapters-d1.ts": ["", "TS6307"],
  "worker/platform/value-of-worker-market.ts": ["", "TS6307"],
  "worker/market/value-of-worker-live.ts": ["", "TS6307"],
  "worker/market/value-of-worker-adapters-d1.ts": ["", "TS6307"],
  "worker/live/type-of-worker-market.ts": ["", "TS6307"],
  "worker/live/value-of-worker-http.ts": ["", "TS6307"],
  "worker/notify/value-of-worker-adapters-d1.ts": ["", "TS6307"],
  "worker/notify/type-of-worker-market.ts": ["", "TS6307"],
  "worker/http/value-of-worker-adapters-d1.ts": ["", "TS6307"],
  "worker/http/type-of-worker-live.ts": ["", "TS6307"],
  "worker/adapters/d1/value-of-worker-http.ts": ["", "TS6307"],
  "web/store/value-of-worker-adapters-d1.ts": ["", "TS6307"],
  "web/store/type-of-worker-live.ts": ["", "TS6307"],
} as const;

const filesOf = (breaches: Readonly<Record<string, readonly [string, string]>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(breaches).map(([file, [text]]) => [
      file,
      text === "" ? (IMPORTS.find((planted) => planted.file === file)?.text ?? "") : text,
    ]),
  );

const SLOW_MS = 120_000;

describe("walls", () => {
  const trees: PlantedTree[] = [];
  const found = {
    sound: [] as Findings[],
    linted: null as Findings | null,
    compiled: null as Findings | null,
  };
  const tree = (): PlantedTree => {
    const made = plantTree();
    trees.push(made);
    made.write(SOUND);
    return made;
  };
  const rulesAt = (findings: Findings | null, file: string): readonly string[] =>
    findings?.complaints.filter((complaint) => complaint.file === file).map(({ rule }) => rule) ?? [];

  beforeAll(() => {
    const sound = tree();
    sound.write(Object.fromEntries(IMPORTS.filter(({ free }) => free).map(({ file, text }) => [file, text])));
    found.sound = [sound.compile(), sound.lint()];
    const linted = tree();
    linted.write(Object.fromEntries(IMPORTS.map(({ file, text }) => [file, text])));
    linted.write(filesOf(LINTED));
    found.linted = linted.lint();
    const compiled = tree();
    compiled.write(filesOf(COMPILED));
    found.compiled = compiled.compile();
  }, SLOW_MS);

  afterAll(() => {
    for (const made of trees) {
      made.remove();
    }
  });

  it("[SP9] a tree with every allowed import compiles and lints", ({ expect }) => {
    for (const { output, complaints, passed } of found.sound) {
      expect(complaints, output).toEqual([]);
      expect(passed, output).toBe(true);
    }
  });

  it("[SP8] exactly the imports that the table forbids are refused", ({ expect }) => {
    const refused = IMPORTS.filter(({ file }) =>
      rulesAt(found.linted, file).includes("eslint(no-restricted-imports)"),
    ).map(({ file }) => file);
    expect(refused).toEqual(IMPORTS.filter(({ free }) => !free).map(({ file }) => file));
    expect(found.linted?.passed).toBe(false);
  });

  it.for(Object.entries(LINTED))("[SP8] the linter refuses %s", ([file, [, rule]], { expect }) => {
    expect(rulesAt(found.linted, file), found.linted?.output).toContain(rule);
  });

  it.for(Object.entries(COMPILED))("[SP7] the compiler refuses %s", ([file, [, code]], { expect }) => {
    expect(rulesAt(found.compiled, file), found.compiled?.output).toContain(code);
  });
});
