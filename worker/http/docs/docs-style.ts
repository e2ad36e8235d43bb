/** How the API page looks: its only style, allowed by the nonce of the answer. */
export const DOCS_STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1b1f27, #e3e6eb); --dim: light-dark(#5a6270, #9aa3b2);
  --line: light-dark(#dfe2e8, #2c323d); --code: light-dark(#f4f5f7, #1d222b); --accent: light-dark(#0b5fff, #7aa7ff); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; color: var(--ink);
  background: light-dark(#fff, #15181e); font: 15px/1.55 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
h3 { font-size: 1rem; margin: 1.8rem 0 .2rem; overflow-wrap: anywhere; }
h3 b { color: var(--accent); }
p { margin: .4rem 0; }
a { color: var(--accent); }
code, pre { font: 13px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
pre { background: var(--code); border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem;
  overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .8rem .25rem 0;
  border-bottom: 1px solid var(--line); }
th { font-weight: 600; }
.dim { color: var(--dim); }
.wide { overflow-x: auto; }
`;
