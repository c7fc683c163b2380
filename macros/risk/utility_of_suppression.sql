{#- What is gone: records, subjects, cells; and what classes cost: discernibility and average class size, both in records. -#}
{% macro utility_of_suppression(policy, scene, frame) -%}
{%- set facts = scene['facts'] -%}
{%- set classes = tokumei._dataset_columns(policy, scene) -%}
{%- set given = facts['records_in'] -%}
{%- set lost = given - facts['records_out'] -%}
{%- set found = [] -%}
{%- for kind in ['records', 'subjects'] -%}
    {%- set gone = facts[kind ~ '_in'] - facts[kind ~ '_out'] -%}
    {%- do found.append(tokumei._measure('mart', 'suppressed_' ~ kind, gone, kind, 'class')) -%}
    {%- do found.append(tokumei._measure('mart', 'suppressed_' ~ kind ~ '_share', 'cast(' ~ gone ~ ' as ' ~ tokumei.sql_type('double precision') ~ ') / ' ~ ([facts[kind ~ '_in'], 1] | max), 'share', 'class')) -%}
{%- endfor -%}
{%- do found.append(tokumei._measure('mart', 'discernibility', 'coalesce(sum(cast(class.records as ' ~ tokumei.sql_type('double precision') ~ ') * class.records), 0) + cast(' ~ lost ~ ' as ' ~ tokumei.sql_type('double precision') ~ ') * ' ~ given, 'records', 'class')) -%}
{%- do found.append(tokumei._measure('mart', 'average_class_size', 'cast(' ~ given ~ ' as ' ~ tokumei.sql_type('double precision') ~ ') / nullif(count(*) + ' ~ (1 if lost else 0) ~ ', 0)', 'records', 'class where class.records > 0')) -%}
{%- do found.extend(tokumei._cell_measures(facts, frame)) -%}
with class as (
    select count(*) as records
    from {{ tokumei._joined_dataset(policy, scene) | indent(4) }}
    {%- if classes %}
    group by {{ classes | join(', ') }}
    {%- endif %}
)

{{ (found[:4] | map('replace', '\nfrom class', '') | list + found[4:]) | join('\nunion all\n') }}
{%- endmacro %}

{#- Cells that show the replacement of suppress_rare, suppress_listed or generalize_rare: of the records released. -#}
{% macro _cell_measures(facts, frame) -%}
    {%- set found = [] -%}
    {%- set counts = [] -%}
    {%- for recode in facts['shape']['recodes'] if recode['kind'] in ['pool', 'climb'] and facts['kept'] -%}
        {%- set name = recode['name'] -%}
        {%- set hidden = tokumei.sql_same('kept.' ~ tokumei.shown_as(name), tokumei.sql_text_literal(recode['replace_with']) if recode['replace_with'] is none else tokumei.sql_literal(recode['replace_with'])) -%}
        {%- set count = 'coalesce(sum(case when kept.' ~ tokumei.changed_as(name) ~ (' and ' ~ hidden if recode['kind'] == 'climb' else '') ~ ' then kept.tokumei_records else 0 end), 0)' -%}
        {%- for column in frame['columns'] if column['name'] == name -%}
            {%- do found.append(tokumei._measure('mart', 'suppressed_cells', count, 'cells', facts['kept'] ~ ' as kept', places="'" ~ column['place'] ~ "'")) -%}
            {%- do counts.append('(select ' ~ count ~ ' from ' ~ facts['kept'] ~ ' as kept)') -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set all = counts | join(' + ') if counts else '0' -%}
    {%- set cells = facts['records_out'] * frame['columns'] | length -%}
    {{- return(found + [
        tokumei._measure('mart', 'suppressed_cells', all, 'cells', '(select 1 as one) as one'),
        tokumei._measure('mart', 'suppressed_cells_share', 'cast(' ~ all ~ ' as ' ~ tokumei.sql_type('double precision') ~ ') / ' ~ ([cells, 1] | max), 'share', '(select 1 as one) as one'),
    ]) -}}
{%- endmacro %}
