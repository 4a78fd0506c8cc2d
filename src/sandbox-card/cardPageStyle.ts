/** The card page's look: one column on a phone, the amount beside the form on a desktop; light and dark. */
export const CARD_PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #eef1ee; --panel: #ffffff; --ink: #14201a; --soft: #4b5a52; --line: #7d8b84; --faint: #d9e0db;
  --accent: #0a6549; --on-accent: #ffffff; --wash: #e3f1ea; --bad: #a3231f; --bad-wash: #fbeae8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0c1210; --panel: #151e1a; --ink: #e7efe9; --soft: #a9b9b0; --line: #73837a; --faint: #2a3731;
    --accent: #6fdcb0; --on-accent: #06251a; --wash: #19332a; --bad: #ffa59c; --bad-wash: #3a1a18;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; padding: 1rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; justify-content: space-between; }
.brand { display: inline-flex; gap: .6rem; align-items: center; font-weight: 650; letter-spacing: -.01em; }
.brand::before {
  content: ""; width: 1.75rem; height: 1.2rem; border-radius: .25rem;
  background: linear-gradient(var(--on-accent), var(--on-accent)) 0 .3rem / 100% .2rem no-repeat, var(--accent);
}
.mode { padding: .15rem .7rem; border-radius: 1rem; background: var(--wash); color: var(--accent); font-size: .875rem; font-weight: 550; }
main { max-width: 60rem; margin: 0 auto; display: grid; gap: 1rem; }
.sheet { display: grid; background: var(--panel); border: 1px solid var(--faint); border-radius: 1rem; overflow: clip; }
.due { padding: 1.25rem; border-bottom: 1px solid var(--faint); }
.due p { margin: 0; color: var(--soft); overflow-wrap: anywhere; }
.due .amount { margin: .1rem 0 .35rem; font-size: 2.25rem; line-height: 1.15; font-weight: 680; letter-spacing: -.02em; color: var(--ink); font-variant-numeric: tabular-nums; }
.act { padding: 1.25rem; }
h1 { margin: 0 0 1rem; font-size: 1.25rem; line-height: 1.3; letter-spacing: -.01em; }
h2 { margin: 0; font-size: 1rem; }
form { display: grid; gap: 1rem; }
form + form { margin-top: .75rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; align-items: start; }
.field { display: grid; gap: .3rem; min-width: 0; }
label { font-weight: 550; }
.hint { color: var(--soft); font-size: .875rem; }
.wrong { color: var(--bad); font-size: .875rem; font-weight: 550; }
input {
  width: 100%; min-height: 3rem; padding: .5rem .8rem; border: 1px solid var(--line); border-radius: .6rem;
  background: var(--panel); color: inherit; font: inherit; font-size: 1.0625rem; font-variant-numeric: tabular-nums;
}
input[aria-invalid=true] { border-color: var(--bad); border-width: 2px; }
button, .button {
  display: block; width: 100%; min-height: 3rem; padding: .6rem 1rem; border: 0; border-radius: .6rem; cursor: pointer;
  background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 650; text-align: center; text-decoration: none;
}
button:hover, .button:hover { filter: brightness(1.08); }
.quiet { background: none; color: var(--ink); border: 1px solid var(--line); font-weight: 550; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.notice { margin: 0 0 1rem; padding: .75rem 1rem; border-radius: .6rem; background: var(--bad-wash); color: var(--bad); }
.notice p, .notice ul { margin: 0; }
.notice a { color: inherit; }
.cards { padding: 1.25rem; background: var(--panel); border: 1px solid var(--faint); border-radius: 1rem; }
.cards > p { margin: 0 0 .5rem; color: var(--soft); }
.cards ul { margin: 0; padding: 0; list-style: none; display: grid; }
.cards a {
  display: grid; align-content: center; min-height: 2.75rem; padding: .4rem .6rem; margin: 0 -.6rem;
  border-radius: .5rem; color: inherit; text-decoration: none;
}
.cards a:hover { background: var(--wash); }
.cards .number { font-variant-numeric: tabular-nums; color: var(--accent); font-weight: 550; text-decoration: underline; justify-self: start; text-underline-offset: .2em; }
@media (min-width: 48rem) {
  body { padding: 2.5rem 1.5rem; }
  .sheet { grid-template-columns: 2fr 3fr; }
  .due { padding: 2rem; border-bottom: 0; border-right: 1px solid var(--faint); }
  .act { padding: 2rem; }
  .cards { padding: 1.5rem 2rem; }
  .cards a { grid-template-columns: 13.5rem 1fr; }
}
`;
