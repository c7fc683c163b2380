{#- The given hierarchies of the ladders: how many values each has, and that no value, nor any label, has two parents. Where
    the last level is one value, no further rung is needed to suppress the item. -#}
{% macro _check_hierarchies(mart, ladders, lookups) -%}
    {%- set queries = [] -%}
    {%- for ladder in ladders if ladder['kind'] == 'hierarchy' -%}
        {%- do queries.append(tokumei._hierarchy_facts(ladder, lookups, loop.index0)) -%}
    {%- endfor -%}
    {%- set errors = [] -%}
    {%- if queries -%}
        {%- for row in tokumei.answer_of(queries | join('\nunion all\n')).rows -%}
            {%- set ladder = (ladders | selectattr('kind', 'equalto', 'hierarchy') | list)[row[0] | int] -%}
            {%- do ladder.update({'domain': row[1] | int}) -%}
            {%- if row[3] > 0 -%}
                {%- do tokumei._policy_error(errors, mart, ladder['column'], 'the hierarchy ' ~ ladder['hierarchy'] ~ ' gives two parents to ' ~ row[3] ~ ' values or labels', none, 'one parent each: levels that lie in each other', 'search.md') -%}
            {%- elif row[2] <= 1 -%}
                {%- do ladder.update({'rungs': ladder['rungs'] | rejectattr('kind', 'equalto', 'suppressed') | list}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{- return(errors) -}}
{%- endmacro %}

{% macro _hierarchy_facts(ladder, lookups, number) -%}
{%- set levels = ladder['levels'] -%}
{%- set code = tokumei.join_text('entry.' ~ tokumei.sql_identifier('value')) -%}
{%- set parents = [] -%}
{%- for level in levels -%}
    {%- set child = code if loop.first else tokumei.sql_text('entry.' ~ tokumei.sql_identifier(levels[loop.index0 - 1])) -%}
    {%- set parent = "coalesce('.' || " ~ tokumei.sql_text('entry.' ~ tokumei.sql_identifier(level)) ~ ", '')" -%}
    {%- do parents.append(
        '(select count(*) from (select ' ~ child ~ ' as child from ' ~ lookups[ladder['hierarchy']]
        ~ ' as entry group by 1 having min(' ~ parent ~ ') <> max(' ~ parent ~ ')) as torn)'
    ) -%}
{%- endfor -%}
select
    {{ number }} as ladder,
    (select count(distinct {{ code }}) from {{ lookups[ladder['hierarchy']] }} as entry) as domain,
    (select count(distinct {{ tokumei.sql_text('entry.' ~ tokumei.sql_identifier(levels[-1])) }}) from {{ lookups[ladder['hierarchy']] }} as entry) as tops,
    {{ parents | join('\n    + ') }} as torn
{%- endmacro %}
