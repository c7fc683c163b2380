{#- The terms of every dataset that declares them, one row each, as literals: they come from the policy alone. -#}
{% macro terms_query() -%}
    {%- set errors = [] -%}
    {%- set datasets = [] -%}
    {%- for exposure in tokumei._terms_exposures() if execute -%}
        {%- do datasets.extend(tokumei._datasets_of(exposure)) -%}
        {%- do tokumei._check_terms(errors, exposure) -%}
    {%- endfor -%}
    {%- for dataset in datasets | unique -%}{%- do errors.extend(tokumei._resolve_terms(dataset)['errors']) -%}{%- endfor -%}
    {%- do tokumei._raise_together(errors) -%}
    {%- set rows = [] -%}
    {%- for dataset in datasets | unique | sort -%}
        {%- set terms = tokumei.publication_terms(dataset) -%}
        {%- set place = [{'term': 'place', 'text': {'ja': terms['url'], 'en': none}}] if terms['url'] else [] -%}
        {%- for term in tokumei.term_list(terms) + place -%}
            {%- do rows.append(tokumei._term_row(dataset, loop.index, term['term'], term['text']['ja'], tokumei._english(term['text']))) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(rows | join('\nunion all\n') if rows else tokumei._term_row('', 0, '', '', '') ~ '\nwhere false') -}}
{%- endmacro %}

{% macro _term_row(dataset, position, term, ja, en) -%}
    {%- set text = [] -%}
    {%- for name, value in [['dataset', dataset], ['term', term], ['text_ja', ja], ['text_en', en]] -%}
        {%- do text.append('cast(' ~ tokumei.sql_literal(value) ~ ' as ' ~ tokumei.sql_type('text') ~ ') as ' ~ name) -%}
    {%- endfor -%}
    {%- do text.insert(1, 'cast(' ~ position ~ ' as bigint) as ' ~ tokumei.sql_identifier('position')) -%}
    {{- return('select\n    ' ~ text | join(',\n    ')) -}}
{%- endmacro %}
