{#- The rungs of each ladder: at every level of its own, every label with its code and its leaves. -#}
{% macro stage_recode_rungs(axes, at_ladders) -%}
{%- set queries = [] -%}
{%- for axis in axes if not axis['member'] -%}
    {%- for level in range((axis['ladder']['levels'] | length if axis['ladder'] else 0) + 2) -%}
        {%- do queries.append(
            'select distinct ladder.axis, ' ~ level ~ ' as level, ladder.unit_' ~ level ~ ' as unit, ladder.code & -ladder.unit_' ~ level
            ~ ' as code, ladder.label_' ~ level ~ ' as label, ladder.leaves_' ~ level ~ ' as leaves from '
            ~ tokumei._as(at_ladders, 'ladder') ~ ' where ladder.axis = ' ~ axis['number']
        ) -%}
    {%- endfor -%}
{%- endfor -%}
{{ queries | join('\nunion all\n') }}
{%- endmacro %}
