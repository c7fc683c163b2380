{#- An attacker who knows `known` records of a person, and what followed marts tell, places at most `at_most` of the
    subjects among fewer than `among`. A keyed sample: up to 2,000 subjects in the order of their tokens, for each the
    records first in the order of md5(token, record); for one known record every record counts. The share is judged by
    its upper bound (Wilson, one-sided 95 %) unless it is exact. -#}
{% macro audit_history_protected(policy, scene) -%}
{%- if policy['history'] is none or scene['unique'] -%}
    {{- return(tokumei._nothing_to_find()) -}}
{%- endif -%}
{%- set known = policy['history']['known'] -%}
{%- set among = policy['history']['among'] -%}
with histories as {{ tokumei.sql_read_anew() }}(
    {{ tokumei._history_records(policy, scene) | indent(4) }}
),

{% set columns = tokumei._known_of_record(policy, scene) -%}
{%- set own = policy['columns'] | selectattr('quasi_identifier') | list | length -%}
{{ tokumei._placed_by_one(columns, among) if known == 1 else tokumei._placed_by_several(columns, own, known, among) }},

measured as (
    select asked.subjects, case when asked.subjects = 0 then 0 else coalesce(found.alone, 0) / asked.subjects end as share
    from asked
    cross join (select sum(placed.alone) as alone from placed) as found
),

bounded as (
    select
        measured.subjects,
        measured.share,
        {% if known == 1 -%}
        measured.share as bound
        {%- else -%}
        case when measured.subjects = 0 then 0 else
            (measured.share + 1.352772 / measured.subjects + 1.6448536 * sqrt(
                measured.share * (1 - measured.share) / measured.subjects + 0.676386 / (measured.subjects * measured.subjects)
            )) / (1 + 2.705543 / measured.subjects)
        end as bound
        {%- endif %}
    from measured
)

select
    cast('upper bound' as {{ tokumei.sql_type('text') }}) as column_name,
    cast(case when bounded.bound > {{ policy['history']['at_most'] }} then greatest(ceil(bounded.share * bounded.subjects - 1e-9), 1) else 0 end as bigint) as violations,
    cast(bounded.bound as {{ tokumei.sql_type('double precision') }}) as measured
from bounded
union all
select
    cast('share' as {{ tokumei.sql_type('text') }}) as column_name,
    cast(0 as bigint) as violations,
    cast(bounded.share as {{ tokumei.sql_type('double precision') }}) as measured
from bounded
{%- endmacro %}
