{#- Of every rung: how many values are met, and the share of the domain they stand for, summed over the records. -#}
{% macro stage_marginals(lattice, frequencies) -%}
{%- set words = range(lattice['words']) -%}
with rung as (
{{ tokumei._rung_rows(lattice) | indent(4, first=true) }}
),

met as (
    {%- for ladder in lattice['ladders'] %}
    {%- set masks = ladder['rungs'][0]['masks'] %}
    select
        {{ loop.index0 }} as ladder,
        {%- for word in words %}
        freq.word_{{ word }} & cast({{ masks[word] }} as bigint) as word_{{ word }},
        {%- endfor %}
        sum(freq.records) as records
    from {{ frequencies }} as freq
    group by {{ range(2, 2 + lattice['words']) | join(', ') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

shown as (
    select
        rung.ladder,
        rung.rung,
        {%- for word in words %}
        met.word_{{ word }} & rung.mask_{{ word }} as word_{{ word }},
        {%- endfor %}
        sum(met.records) as records
    from rung
    inner join met on rung.ladder = met.ladder
    group by {{ range(1, 3 + lattice['words']) | join(', ') }}
)

select
    rung.ladder,
    rung.rung,
    {%- for word in words %}
    rung.mask_{{ word }},
    {%- endfor %}
    rung.size,
    rung.radix,
    rung.domain,
    rung.power,
    count(*) as met,
    sum(cast(shown.records as {{ tokumei.sql_type('double precision') }}) * share.share) as spread,
    sum(cast(shown.records as {{ tokumei.sql_type('double precision') }}) * shown.records) as pairs
from rung
inner join shown on rung.ladder = shown.ladder and rung.rung = shown.rung
inner join {{ lattice['shares'] }} as share
    on shown.ladder = share.ladder and shown.rung = share.rung
    {%- for word in words %} and shown.word_{{ word }} = share.word_{{ word }}{%- endfor %}
group by {{ range(1, 7 + lattice['words']) | join(', ') }}
{%- endmacro %}

{#- `power` is the weight of the column as a part of the greatest, over the number of columns. -#}
{% macro _rung_rows(lattice) -%}
    {%- set heaviest = lattice['ladders'] | map(attribute='weight') | max -%}
    {%- set rows = [] -%}
    {%- for ladder in lattice['ladders'] -%}
        {%- set number = loop.index0 -%}
        {%- set power = (ladder['weight'] / heaviest if heaviest else 1) / (lattice['ladders'] | length) -%}
        {%- do ladder.update({'power': power}) -%}
        {%- for rung in ladder['rungs'] -%}
            {%- set masks = [] -%}
            {%- for mask in rung['masks'] -%}{%- do masks.append('cast(' ~ mask ~ ' as bigint) as mask_' ~ loop.index0) -%}{%- endfor -%}
            {%- do rows.append(
                'select ' ~ number ~ ' as ladder, ' ~ rung['number'] ~ ' as rung, ' ~ masks | join(', ') ~ ', ' ~ ladder['rungs'] | length ~ ' as size, '
                ~ 'cast(' ~ ladder['radix'] ~ ' as bigint) as radix, ' ~ ladder['domain'] ~ ' as domain, ' ~ tokumei._double(power) ~ ' as power'
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(rows | join('\nunion all\n')) -}}
{%- endmacro %}

{#- A floating-point number that every engine reads alike. -#}
{% macro _double(number) -%}
    {{- return("cast('" ~ ('%.17g' | format(number)) ~ "' as " ~ tokumei.sql_type('double precision') ~ ")") -}}
{%- endmacro %}

{#- What the marginals say of each rung: values met, and the loss that the rung alone would be. -#}
{% macro _read_marginals(lattice, search) -%}
    {%- set records = search['records'] -%}
    {%- for row in tokumei.answer_of('select marginal.ladder, marginal.rung, marginal.met, marginal.spread, marginal.pairs from ' ~ search['marginals'] ~ ' as marginal').rows -%}
        {%- set ladder = lattice['ladders'][row[0] | int] -%}
        {%- set least = records / ladder['domain'] -%}
        {%- set loss = ((row[3] | float) - least) / (records - least) if ladder['domain'] > 1 else 0 -%}
        {%- do ladder['rungs'][row[1] | int].update({'met': row[2] | int, 'loss': [loss, 0] | max, 'pairs': row[4] | float}) -%}
    {%- endfor -%}
{%- endmacro %}
