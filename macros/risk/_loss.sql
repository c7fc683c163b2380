{#- How the loss of a column is measured: `kept` where nothing is done to values; `leaves` where a hierarchy tells; `width`
    where the source's values are numbers or dates; `entropy` else. -#}
{% macro _loss_way(policy, column) -%}
    {%- set named = column['steps'] | map(attribute='name') | list -%}
    {%- set hides = ['suppress_rare', 'suppress_listed'] -%}
    {%- if column.get('recoded') -%}
        {%- set ladder = tokumei._ladder_above(policy, column) if column['recoded'] == 'label' else none -%}
        {%- if ladder and ladder['kind'] == 'hierarchy' -%}
            {%- set whole = ladder['from'] == 'value' -%}
            {{- return({'way': 'leaves', 'hierarchy': ladder['hierarchy'], 'levels': ([] if whole else [ladder['from']]) + ladder['levels'], 'values': whole}) -}}
        {%- endif -%}
    {%- elif named | reject('equalto', 'keep') | list | length == 0 -%}
        {{- return({'way': 'kept'}) -}}
    {%- elif 'generalize_rare' in named and named | reject('in', hides + ['keep', 'generalize_rare']) | list | length == 0 -%}
        {%- set arguments = tokumei._step_arguments(column, 'generalize_rare') -%}
        {{- return({'way': 'leaves', 'hierarchy': arguments['hierarchy'], 'levels': tokumei._levels(policy, arguments), 'values': true}) -}}
    {%- elif 'lookup' in named and named[named.index('lookup') + 1:] | reject('in', hides) | list | length == 0 -%}
        {%- set arguments = tokumei._step_arguments(column, 'lookup') -%}
        {{- return({'way': 'leaves', 'hierarchy': arguments['hierarchy'], 'levels': [arguments['to']], 'values': false}) -}}
    {%- endif -%}
    {{- return({'way': 'width'} if tokumei._kind(tokumei._first_value(policy, column).type) else {'way': 'entropy'}) -}}
{%- endmacro %}

{% macro _loss_from(way) -%}
    {{- return({
        'kept': 'whole', 'leaves': 'shown cross join whole left join leaf on ' ~ tokumei.sql_text('shown.value') ~ ' = leaf.label left join single on ' ~ tokumei.join_text('shown.value') ~ ' = single.code cross join every_leaf',
        'width': 'shown cross join whole', 'entropy': 'whole',
    }[way]) -}}
{%- endmacro %}

{#- From 0, every value told apart, to 1, nothing told; a suppressed record counts 1. -#}
{% macro _loss(scene, way) -%}
    {%- set given = scene['facts']['records_in'] -%}
    {%- set lost = given - scene['facts']['records_out'] -%}
    {%- set records = 'cast(' ~ ([given, 1] | max) ~ ' as ' ~ tokumei.sql_type('double precision') ~ ')' -%}
    {%- if way == 'kept' -%}
        {{- return(lost ~ ' / ' ~ records) -}}
    {%- elif way == 'entropy' -%}
        {{- return(lost ~ ' / ' ~ records ~ ' + ' ~ (given - lost) ~ ' / ' ~ records ~ ' * (' ~ tokumei._entropy_lost() ~ ')') -}}
    {%- elif way == 'width' -%}
        {{- return('(coalesce(sum(shown.mart * (shown.highest - shown.lowest) / nullif(whole.wide, 0)), 0) + ' ~ lost ~ ') / ' ~ records) -}}
    {%- endif -%}
    {%- set least = '(' ~ records ~ ' / max(every_leaf.leaves))' -%}
    {%- set missing = 'shown.missing / nullif(cast(shown.source as ' ~ tokumei.sql_type('double precision') ~ '), 0)' -%}
    {%- set share = 'case when shown.value is null then 1 - coalesce(' ~ missing ~ ', 0) * (1 - 1 / every_leaf.leaves) else coalesce(leaf.leaves, case when single.code is not null then 1 end, every_leaf.leaves) / every_leaf.leaves end' -%}
    {{- return('(coalesce(sum(shown.mart * (' ~ share ~ ')), 0) + ' ~ lost ~ ' - ' ~ least ~ ') / nullif(' ~ records ~ ' - ' ~ least ~ ', 0)') -}}
{%- endmacro %}

{#- The share of the source's entropy that is left once the shown value is known: H(source | shown) / H(source). -#}
{% macro _entropy_lost() -%}
    {%- set entropies = [] -%}
    {%- set every = '(select cast(sum(pair.records) as ' ~ tokumei.sql_type('double precision') ~ ') as records from pair) as every' -%}
    {%- for groups in ['(select pair.records from pair)', '(select sum(pair.records) as records from pair group by pair.shown)', '(select sum(pair.records) as records from pair group by pair.raw)'] -%}
        {%- do entropies.append('(select -sum(one.records / every.records * ln(one.records / every.records)) from ' ~ groups ~ ' as one cross join ' ~ every ~ ')') -%}
    {%- endfor -%}
    {{- return('coalesce((' ~ entropies[0] ~ ' - ' ~ entropies[1] ~ ') / nullif(' ~ entropies[2] ~ ', 0), 0)') -}}
{%- endmacro %}

{#- The leaves under each label of the levels that a column may show, and all. What is shown as it is is a leaf itself, whichever
    way the seed read its code. -#}
{% macro _leaves(scene, loss) -%}
{%- set hierarchy = scene['lookups'][loss['hierarchy']] -%}
{%- set code = tokumei.join_text('leaf.' ~ tokumei.sql_identifier('value')) -%}
{%- set under = [] -%}
{%- for level in loss['levels'] -%}
    {%- do under.append('select ' ~ code ~ ' as code, ' ~ tokumei.sql_text('leaf.' ~ tokumei.sql_identifier(level)) ~ ' as label from ' ~ hierarchy ~ ' as leaf') -%}
{%- endfor -%}
leaf as (
    select climbed.label, cast(count(distinct climbed.code) as {{ tokumei.sql_type('double precision') }}) as leaves
    from (
        {{ under | join('\nunion all\n') | indent(8) }}
    ) as climbed
    group by climbed.label
),

every_leaf as (
    select cast(count(distinct {{ code }}) as {{ tokumei.sql_type('double precision') }}) as leaves
    from {{ hierarchy }} as leaf
),

single as (
    select distinct {{ code if loss['values'] else tokumei.sql_text('null') }} as code
    from {{ hierarchy }} as leaf
)
{%- endmacro %}
