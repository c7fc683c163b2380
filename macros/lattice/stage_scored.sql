{#- Loss looks at the values of what is suppressed: the shares of all records by the marginals, and 1 instead for each record
    that is suppressed. The suppressed classes of the feasible nodes alone are evaluated again for it. -#}
{% macro stage_scored(lattice, asked, search, found) -%}
{%- set words = range(lattice['words']) -%}
{%- set records = tokumei._double(search['records']) -%}
with chosen as (
    select
        found.id,
        marginal.ladder,
        marginal.rung,
        {%- for word in words %}
        marginal.mask_{{ word }},
        {%- endfor %}
        marginal.spread,
        marginal.domain,
        marginal.power
    from {{ found }} as found
    inner join {{ search['marginals'] }} as marginal
        on ({{ tokumei.sql_whole_quotient('found.id', 'marginal.radix') }} % marginal.size) = marginal.rung
    where found.feasible
),

feasible as (
    select node.*
    from {{ search['batch'] }} as node
    inner join {{ found }} as found on node.id = found.id
    where found.feasible
),

{{ tokumei._judged_classes(lattice, asked, search, 'feasible') }},

suppressed as (
    select
        class.id,
        chosen.ladder,
        chosen.rung,
        {%- for word in words %}
        class.word_{{ word }} & chosen.mask_{{ word }} as word_{{ word }},
        {%- endfor %}
        sum(class.records) as records
    from class
    inner join chosen on class.id = chosen.id
    where not class.kept
    group by {{ range(1, 4 + lattice['words']) | join(', ') }}
),

hidden as (
    select
        suppressed.id,
        suppressed.ladder,
        sum(suppressed.records * (1 - share.share)) as more
    from suppressed
    inner join {{ lattice['shares'] }} as share
        on suppressed.ladder = share.ladder and suppressed.rung = share.rung
        {%- for word in words %} and suppressed.word_{{ word }} = share.word_{{ word }}{%- endfor %}
    group by suppressed.id, suppressed.ladder
),

scored as (
    select
        chosen.id,
        exp(sum(chosen.power * ln(1 + greatest(case when chosen.domain > 1 then
            (chosen.spread + coalesce(hidden.more, 0) - {{ records }} / chosen.domain) / ({{ records }} - {{ records }} / chosen.domain)
        else 0 end, 0)))) - 1 as score
    from chosen
    left join hidden on chosen.id = hidden.id and chosen.ladder = hidden.ladder
    group by chosen.id
)

select
    {{ tokumei._found_columns(lattice) }},
    scored.score
from {{ found }} as found
left join scored on found.id = scored.id
{%- endmacro %}

{% macro _found_columns(lattice) -%}
    {%- set columns = [] -%}
    {%- for name in ['id', 'large', 'kept', 'smallest', 'hidden', 'lost_records', 'lost_subjects', 'possible', 'feasible', 'bound'] -%}{%- do columns.append('found.' ~ name) -%}{%- endfor -%}
    {%- for word in range(lattice['words']) -%}{%- do columns.append('found.mask_' ~ word) -%}{%- endfor -%}
    {{- return(columns | join(', ')) -}}
{%- endmacro %}
