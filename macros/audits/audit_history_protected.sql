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
with histories as (
    {{ tokumei._history_records(policy, scene) | indent(4) }}
),

{%- if known == 1 %}

crowds as (
    select
        record.record,
        record.told,
        count(*) as crowd
    from histories as record
    group by record.record, record.told
),

placed as (
    select
        person.who,
        avg(case when crowds.crowd < {{ among }} then {{ tokumei.sql_fraction('1.0') }} else {{ tokumei.sql_fraction('0.0') }} end) as alone
    from histories as person
    inner join crowds on person.record = crowds.record and person.told = crowds.told
    group by person.who
),
{%- else %}

sampled as (
    select person.who
    from (select distinct one.who from histories as one) as person
    order by {{ tokumei.sql_text_order('person.who') }}
    limit 2000
),

drawn as (
    select ranked.who, ranked.record, ranked.told, count(*) over (partition by ranked.who) as known
    from (
        select
            person.who, person.record, person.told,
            row_number() over (
                partition by person.who order by {{ tokumei.sql_text_order('md5(person.who || person.record)') }}
            ) as place
        from histories as person
        inner join sampled on person.who = sampled.who
    ) as ranked
    where ranked.place <= {{ known }}
),

placed as (
    select
        alike.who,
        case when count(*) < {{ among }} then {{ tokumei.sql_fraction('1.0') }} else {{ tokumei.sql_fraction('0.0') }} end as alone
    from (
        select drawn.who, other.who as other
        from drawn
        inner join histories as other on drawn.record = other.record and drawn.told = other.told
        group by drawn.who, other.who, drawn.known
        having count(*) = drawn.known
    ) as alike
    group by alike.who
),
{%- endif %}

measured as (
    select count(*) as subjects, coalesce(avg(placed.alone), 0) as share
    from placed
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
    cast(case when bounded.bound > {{ policy['history']['at_most'] }} then greatest(ceil(bounded.share * bounded.subjects), 1) else 0 end as bigint) as violations,
    cast(bounded.bound as {{ tokumei.sql_type('double precision') }}) as measured
from bounded
union all
select
    cast('share' as {{ tokumei.sql_type('text') }}) as column_name,
    cast(0 as bigint) as violations,
    cast(bounded.share as {{ tokumei.sql_type('double precision') }}) as measured
from bounded
{%- endmacro %}
