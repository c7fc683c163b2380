{#- dbt --quiet run-operation publication_row --args '{dataset: loyalty, kind: creation}': the row of the register
    `publications` for the newest release, to be completed by whoever published it: date, place, notice days, and whether
    creation continues. -#}
{% macro publication_row(dataset, kind='creation') -%}
    {%- set releases = tokumei.whole_releases(dataset) -%}
    {%- if kind not in ['creation', 'provision'] or not releases -%}
        {%- do exceptions.raise_compiler_error('tokumei: publication_row: ' ~ dataset ~ ': nothing to publish; got ' ~ (kind if releases else 'no release made in full') ~ '; allowed: a dataset that was built, and creation or provision; see docs/provision.md') -%}
    {%- endif -%}
    {%- set terms = tokumei.publication_terms(dataset) -%}
    {%- set cells = [] -%}
    {%- for cell in [
        dataset, releases[0]['fingerprint'], kind, tokumei.released_items(releases[0]) | sort | join(';'),
        terms['means']['ja'] if kind == 'provision' else '', '', terms['url'] or '', '', '', '', '',
    ] -%}
        {%- do cells.append('"' ~ (cell | replace('"', '""')) ~ '"' if modules.re.search('[",\n]', cell) else cell) -%}
    {%- endfor -%}
    {%- do print(cells | join(',')) -%}
{%- endmacro %}
