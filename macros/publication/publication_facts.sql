{#- All that is published of a release, as one plain dict; page, data and notice only set it in their own form. -#}
{% macro publication_facts(dataset, invocation_id=none) -%}
    {%- set terms = tokumei.publication_terms(dataset) -%}
    {%- set release = tokumei.published_release(dataset, invocation_id) -%}
    {%- set counted = tokumei._public_counts(dataset, release) -%}
    {%- set parts = {} -%}
    {%- for item in tokumei.published_items(dataset, release) -%}
        {%- set mart = item['mart'] -%}
        {%- if mart not in parts -%}
            {%- do parts.update({mart: {
                'mart': mart, 'title': terms['marts'].get(mart) or {'ja': mart, 'en': none}, 'items': [],
                'records': counted[mart]['records'], 'subjects': counted[mart]['subjects'],
            }}) -%}
        {%- endif -%}
        {%- do parts[mart]['items'].append({
            'item': tokumei._pair_of(item['ja'], item['en']),
            'treatment': {'ja': item['treatment_ja'], 'en': item['treatment_en']},
        }) -%}
    {%- endfor -%}
    {%- set whole = [tokumei.published_text('left_out'), tokumei.published_text('records')] -%}
    {%- if counted.values() | selectattr('hidden') | list -%}{%- do whole.append(tokumei.published_text('places')) -%}{%- endif -%}
    {%- if counted.values() | selectattr('synthetic') | list -%}{%- do whole.append(tokumei.published_text('synthetic')) -%}{%- endif -%}
    {%- set texts = {} -%}
    {%- for term in tokumei.term_list(terms) -%}{%- do texts.update({term['term']: term}) -%}{%- endfor -%}
    {{- return({'terms': terms, 'texts': texts, 'parts': parts.values() | list, 'whole': whole}) -}}
{%- endmacro %}

{#- The log holds the Japanese text where no English was given. -#}
{% macro _pair_of(ja, en) -%}
    {{- return({'ja': ja, 'en': en if en != ja else none}) -}}
{%- endmacro %}

{#- Synthetic records are counted in: the difference to what a recipient counts would tell how many they are. -#}
{% macro _public_counts(dataset, release) -%}
    {%- set counts = {} -%}
    {%- for row in run_query(
        'select ' ~ tokumei._as_said(['standing.mart'])
        ~ ', records_out + coalesce(synthetic_records, 0) as records, subjects_out + coalesce(synthetic_subjects, 0) as subjects'
        ~ ', coalesce(synthetic_records, 0) as synthetic, coalesce(records_hidden, 0) as hidden from ' ~ tokumei.standing_releases()
        ~ ' as standing where standing.dataset = ' ~ tokumei.sql_literal(dataset) ~ ' and standing.invocation_id = ' ~ tokumei.sql_literal(release)
    ).rows -%}
        {%- do counts.update({row[0][1:]: {
            'records': tokumei.public_count(row[1] | int), 'subjects': tokumei.public_count(row[2] | int),
            'synthetic': row[3] > 0, 'hidden': row[4] > 0,
        }}) -%}
    {%- endfor -%}
    {{- return(counts) -}}
{%- endmacro %}

{#- A count for the public: two digits of it, to ten at the finest, and none below 10 (NDB publication rule). -#}
{% macro public_count(count) -%}
    {%- if count < 10 -%}
        {{- return({'ja': '10未満', 'en': 'fewer than 10', 'number': none}) -}}
    {%- endif -%}
    {%- set unit = 10 ** ([count | string | length - 2, 1] | max) -%}
    {%- set rounded = (count + unit // 2) // unit * unit -%}
    {{- return({'ja': '約' ~ '{:,}'.format(rounded), 'en': 'about ' ~ '{:,}'.format(rounded), 'number': rounded}) -}}
{%- endmacro %}
