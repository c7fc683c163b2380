{#- The measures; sizes and suppression are counted in records. -#}
{% macro _score(lattice, asked, search) -%}
    {%- set records = tokumei._double(search['records']) -%}
    {%- set weights = tokumei._double(lattice['ladders'] | map(attribute='power') | sum) -%}
    {{- return({
        'discernibility': 'possible.kept_pairs + ' ~ records ~ ' * possible.lost_records',
        'average_class_size': records ~ ' / (possible.kept + case when possible.lost_records > 0 then 1 else 0 end)',
        'loss': tokumei._double(0),
        'precision': '(possible.parts * (' ~ records ~ ' - possible.lost_records) + ' ~ weights ~ ' * possible.lost_records) / ' ~ records,
    }[asked['by']]) -}}
{%- endmacro %}

{#- What every coarser node scores at least. -#}
{% macro _bound_found(asked, search) -%}
    {{- return({
        'discernibility': 'possible.pairs',
        'average_class_size': tokumei._double(search['records']) ~ ' / (possible.large + possible.hidden / ' ~ tokumei._double(asked['k']) ~ ')',
    }.get(asked['by'], tokumei._double(0))) -}}
{%- endmacro %}
