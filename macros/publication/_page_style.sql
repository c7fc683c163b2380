{#- For screens of any width, light and dark, and for paper. Every text has a contrast of at least 7:1. -#}
{% macro _page_style() -%}
:root { color-scheme: light dark; --ground: #fff; --text: #1b1f24; --quiet: #434a54; --line: #c3c9d1; --band: #f1f4f8; --mark: #0b3a75; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14181d; --text: #f0f2f5; --quiet: #c3cad3; --line: #49515c; --band: #1f252d; --mark: #a9cbff; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--text); line-height: 1.75; overflow-wrap: anywhere;
  font-family: system-ui, -apple-system, "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", Meiryo, sans-serif; }
header, main, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.5rem; }
h1 { font-size: 1.75rem; line-height: 1.4; margin: 0 0 .75rem; }
h2 { font-size: 1.25rem; line-height: 1.5; margin: 2.75rem 0 .75rem; padding-bottom: .3rem; border-bottom: 2px solid var(--mark); }
h3 { font-size: 1.0625rem; margin: 1.75rem 0 .5rem; }
p { margin: 0 0 .5rem; white-space: pre-line; }
[lang="en"] { color: var(--quiet); font-size: .9375em; line-height: 1.6; hyphens: auto; }
h1 > [lang="en"], h2 > [lang="en"], h3 > [lang="en"] { font-size: .75em; font-weight: 400; }
h1 > [lang="en"] { display: block; font-size: .5625em; }
h2 > [lang="en"], h3 > [lang="en"] { margin-left: .5em; }
.subject { font-size: 1.125rem; font-weight: 600; margin-bottom: 1.5rem; }
.subject > [lang="en"] { display: block; font-weight: 400; font-size: .875em; }
.dates { color: var(--quiet); margin-bottom: .125rem; }
.pair + .dates { margin-top: 1.25rem; }
time, caption > [lang="ja"] { margin-right: .5em; }
.dates > [lang="en"], caption > [lang="en"], footer [lang="en"] { display: inline-block; }
.pair { display: grid; gap: 0 2.5rem; }
table { width: 100%; border-collapse: collapse; margin: 0 0 1rem; }
caption { text-align: left; color: var(--quiet); padding-bottom: .4rem; }
th, td { border: 1px solid var(--line); padding: .55rem .75rem; text-align: left; vertical-align: top; }
thead th { background: var(--band); }
tbody th { font-weight: 600; }
td.number, th.number { width: 3.25rem; text-align: right; font-weight: 400; white-space: nowrap; }
td.outline, th.outline { width: 42%; }
th > [lang="en"], td > [lang="en"], dt > [lang="en"] { display: block; font-weight: 400; }
dl { margin: 0 0 1rem; }
dl > div { padding: .7rem 0; border-bottom: 1px solid var(--line); }
dt { font-weight: 600; }
dd { margin: 0; }
dd p:last-child { margin-bottom: 0; }
a { color: var(--mark); text-underline-offset: .15em; }
a:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
footer { margin-top: 3rem; padding-top: 1rem; padding-bottom: 3rem; border-top: 1px solid var(--line); color: var(--quiet); }
@media (min-width: 48rem) {
  .pair { grid-template-columns: 1fr 1fr; }
  dl > div { display: grid; grid-template-columns: 13rem 1fr; gap: 0 1.5rem; }
}
@media (max-width: 30rem) {
  header { padding-top: 1.5rem; }
  h1 { font-size: 1.375rem; }
  h1 > [lang="en"] { font-size: .6875em; }
  h2 > [lang="en"], h3 > [lang="en"] { display: block; margin-left: 0; }
  th, td { padding: .45rem .5rem; }
  td.number, th.number { width: 2.25rem; }
  td.outline, th.outline { width: 46%; }
}
@media print {
  :root { color-scheme: light; --ground: #fff; --text: #000; --quiet: #333; --line: #888; --band: #eee; --mark: #000; }
  @page { margin: 18mm 16mm; }
  body { font-size: 10pt; line-height: 1.6; }
  header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
  h1, h2, h3, caption { break-after: avoid; }
  tr, dl > div, .pair { break-inside: avoid; }
  thead { display: table-header-group; }
  a { color: inherit; }
}
{%- endmacro %}
