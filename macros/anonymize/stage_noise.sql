{#- Noise by table: every step of the grid that can be added, with the draws (0 to 2^48 - 1) that give it, in as many
    buckets of equal width as there are steps, so that a draw finds its step by one hash join. Weights are whole numbers,
    2^40 at the middle; what weighs less than one is never drawn. -#}
{% macro stage_noise(arguments) -%}
{%- set scale = arguments['scale'] / arguments['unit'] -%}
{%- set reach = tokumei._noise_reach(arguments) -%}
{%- set width = 2 ** 48 // tokumei._noise_buckets(arguments) -%}
{%- if arguments['distribution'] == 'laplace' -%}
    {%- set weight = 'exp(-abs(support.step) / cast(' ~ scale ~ ' as ' ~ tokumei.sql_type('double precision') ~ '))' -%}
{%- else -%}
    {%- set weight = 'exp(-(cast(support.step as ' ~ tokumei.sql_type('double precision') ~ ') * support.step) / (2 * cast(' ~ scale ~ ' as ' ~ tokumei.sql_type('double precision') ~ ') * ' ~ scale ~ '))' -%}
{%- endif -%}
with support as (
    select {{ tokumei.sql_series(2 * reach + 1, after=' - ' ~ (reach + 1)) }} as step
),

weighted as (
    select
        support.step,
        cast(floor({{ weight }} * {{ 2 ** 40 }}) as bigint) as weight
    from support
),

added as (
    select
        weighted.step,
        weighted.weight,
        sum(weighted.weight) over (order by weighted.step) as upto,
        sum(weighted.weight) over () as total
    from weighted
),

cells as (
    select
        added.step,
        {{ tokumei.sql_whole_quotient('(added.upto - added.weight) * ' ~ tokumei.sql_wide(2 ** 48), 'added.total') }} as starts_at,
        {{ tokumei.sql_whole_quotient('added.upto * ' ~ tokumei.sql_wide(2 ** 48), 'added.total') }} as ends_before
    from added
),

placed as (
    select
        cells.step,
        cells.starts_at,
        cells.ends_before,
        {{ tokumei.sql_whole_quotient('cells.starts_at', width) }} as first_bucket,
        {{ tokumei.sql_whole_quotient('cells.ends_before - 1', width) }} as last_bucket
    from cells
    where cells.starts_at < cells.ends_before
)

select
    placed.step,
    placed.starts_at,
    placed.ends_before,
    {{ tokumei.sql_series('placed.last_bucket - placed.first_bucket + 1', 'placed.first_bucket + ', ' - 1') }} as bucket
from placed
{%- endmacro %}

{#- How many steps of the grid away the weights end: 2^-40 of the middle. -#}
{% macro _noise_reach(arguments) -%}
    {%- set scale = arguments['scale'] / arguments['unit'] -%}
    {{- return((scale * (27.73 if arguments['distribution'] == 'laplace' else 7.45)) | int + 1) -}}
{%- endmacro %}

{% macro _noise_buckets(arguments) -%}
    {%- set state = namespace(buckets=1) -%}
    {%- for _ in range(24) if state.buckets < 2 * tokumei._noise_reach(arguments) + 1 -%}
        {%- set state.buckets = state.buckets * 2 -%}
    {%- endfor -%}
    {{- return(state.buckets) -}}
{%- endmacro %}

{#- One draw for each source column that gets noise, the same wherever in the dataset it is used: 48 bits of an HMAC over
    the column, the subject and, for values of events, the record. -#}
{% macro _noise_draws(policy, at) -%}
    {%- set draws = [] -%}
    {%- for column in policy['columns'] -%}
        {%- for step in column['steps'] if step['name'] == 'add_noise' -%}
            {%- set parts = [tokumei._subject_text(policy, 'origin.' ~ tokumei.sql_identifier(policy['subject']))] -%}
            {%- if step['arguments'].get('per') == 'record' -%}
                {%- do parts.append("'1'" if at.get('numbering') == 'one' else tokumei.sql_text('origin.tokumei_record')) -%}
            {%- endif -%}
            {%- set hash = tokumei.keyed_hash(policy, 'noise', [policy['source']['name'], column['from']], parts) -%}
            {%- do draws.append(tokumei.sql_hex_number('substr(' ~ hash ~ ', 1, 12)') ~ ' as ' ~ tokumei._draw_name(column['from'])) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(draws | unique | list) -}}
{%- endmacro %}

{% macro _draw_name(column) -%}
    {{- return(tokumei.sql_identifier('tokumei_draw_' ~ column)) -}}
{%- endmacro %}
