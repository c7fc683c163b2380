{#- No key of a finished run is left (guideline 3-2-3-1 ※): none is held by another run than the present one, and each that
    was taken, for a release or for a recipient's copy, is recorded as destroyed. Not in the gate: there the key is in use. -#}
{% macro audit_keys_destroyed(policy, scene) -%}
{%- if tokumei.sql_holds_key(policy['dataset']) -%}
    {#- A run that builds the dataset took the place of any key before it, and records all of them when it ends. -#}
    {{- return(tokumei._nothing_to_find()) -}}
{%- endif -%}
{%- set dataset = tokumei.sql_literal(policy['dataset']) -%}
{%- set keys = tokumei.private_relation('keys_log') -%}
{%- if tokumei.sql_key_exists(policy['dataset']) -%}
select
    cast('keys held' as {{ tokumei.sql_type('text') }}) as column_name,
    count(*) as violations,
    cast(null as {{ tokumei.sql_type('double precision') }}) as measured
from {{ tokumei.sql_key_store(policy['dataset']) }} as held
where held.invocation_id <> {{ tokumei.sql_literal(invocation_id) }}

union all
{% endif -%}
select
    cast('destructions not recorded' as {{ tokumei.sql_type('text') }}) as column_name,
    count(*) as violations,
    cast(null as {{ tokumei.sql_type('double precision') }}) as measured
from (
    select taken.dataset, taken.invocation_id
    from {{ keys }} as taken
    where
        taken.event = 'taken'
        and (taken.dataset = {{ dataset }} or {{ tokumei.sql_strpos('taken.dataset', tokumei.sql_literal(policy['dataset'] ~ ' for ')) }} = 1)
    union
    select logged.dataset, logged.invocation_id
    from {{ tokumei.private_relation('releases_log') }} as logged
    where logged.dataset = {{ dataset }}
) as used
where
    used.invocation_id <> {{ tokumei.sql_literal(invocation_id) }}
    and not exists (
        select 1
        from {{ keys }} as gone
        where
            gone.dataset = used.dataset
            and gone.event = 'destroyed'
            and gone.invocation_id = used.invocation_id
    )
{%- endmacro %}
