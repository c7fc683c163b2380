{#- What each combination shows in each column: the label, and its level, of the generalization it took; what is left shows
    those of the last, `*` throughout. -#}
{% macro stage_stepwise_shown(axes, at_coded, at_nodes, at_rungs, taken) -%}
{%- set columns = [] -%}
{%- for axis in axes -%}
    {%- do columns.extend(['label_' ~ axis['number'] ~ '.label as shown_' ~ axis['number'], 'nodes.level_' ~ axis['number']]) -%}
{%- endfor -%}
with taken as (
{%- if not taken %}
    select
        cast(null as bigint) as place,
        cast(null as bigint) as turn
{%- endif %}
{%- for relation in taken %}
    select
        round_{{ loop.index }}.place,
        round_{{ loop.index }}.turn
    from {{ relation }} as round_{{ loop.index }}
    {{- '\n    union all' if not loop.last }}
{%- endfor %}
)

select
    met.place,
    {{ tokumei._lines(columns) }}
from (select distinct {{ (['coded.place'] + tokumei._numbered('coded.x_', axes)) | join(', ') }} from {{ tokumei._as(at_coded, 'coded') }}) as met
left join taken on met.place = taken.place
cross join (select max(every_node.turn) as turn from {{ at_nodes }} as every_node) as final_turn
inner join {{ tokumei._as(at_nodes, 'nodes') }} on nodes.turn = coalesce(taken.turn, final_turn.turn)
{%- for axis in axes %}
{%- set label = 'label_' ~ axis['number'] %}
inner join {{ tokumei._as(at_rungs, label) }}
    on {{ label }}.axis = {{ axis['number'] }} and {{ label }}.level = nodes.level_{{ axis['number'] }}
    and {{ label }}.code = (met.x_{{ axis['number'] }} & -nodes.unit_{{ axis['number'] }})
{%- endfor -%}
{%- endmacro %}
