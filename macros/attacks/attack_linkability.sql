{#- Linkability: records of one subject found again in another mart of the dataset, which has other pseudonyms, by the
    columns that the two share. Who is who is asked of the release's key, so it is tried in the gate alone. -#}
{% macro attack_linkability(policy, scene) -%}
{%- set stages = [] -%}
{%- set findings = [] -%}
{%- for name, limited in policy['attacks']['linkability'].items() if scene['gate'] -%}
    {%- set other = tokumei._resolve_mart(graph['nodes'].values() | selectattr('resource_type', 'equalto', 'model') | selectattr('name', 'equalto', name) | selectattr('unique_id', 'in', graph['nodes'][policy['unique_id']]['depends_on']['nodes']) | first) -%}
    {%- set pairs = tokumei.matched_columns(policy, other, limited) -%}
    {%- do stages.append(tokumei._matches(policy, scene, other, pairs, loop.index)) -%}
    {%- do findings.append(tokumei._reported('measured_' ~ loop.index, limited['at_most_over_base'], 'upper')) -%}
{%- endfor -%}
{%- if not findings -%}
    {{- return(tokumei._nothing_to_find()) -}}
{%- endif -%}
with {{ stages | join(',\n\n') }}

{{ findings | join('\nunion all\n') }}
{%- endmacro %}

{% macro _matches(policy, scene, other, pairs, number) -%}
{%- set subject = 'origin.' ~ tokumei.sql_identifier(policy['subject']) -%}
{%- set named = [] -%}
{%- for pair in pairs -%}{%- do named.append(pair[0]) -%}{%- endfor -%}
here_{{ number }} as {{ tokumei.sql_materialized() }}(
    {{ tokumei._shown_of_persons(scene['release'], policy['token'], pairs | map(attribute=0) | list, scene['unique']) | indent(4) }}
),

there_{{ number }} as {{ tokumei.sql_materialized() }}(
    {{ tokumei._shown_of_persons(tokumei._release_beside(policy, other), other['token'], pairs | map(attribute=1) | list, false) | indent(4) }}
),

alike_{{ number }} as {{ tokumei.sql_materialized() }}(
    select there.shown, {{ tokumei._as_double('count(*)') }} as persons
    from there_{{ number }} as there
    group by there.shown
),

persons_{{ number }} as {{ tokumei.sql_materialized() }}(
    select
        {{ tokumei.token(policy, 'person.subject') }} as here,
        {{ tokumei._token_beside(policy, other, 'person.subject') }} as there
    from (select distinct {{ subject }} as subject from {{ scene['origin'] }} as origin where {{ subject }} is not null) as person
),

everybody_{{ number }} as (
    select {{ tokumei._as_double('count(*)') }} as persons from there_{{ number }} as there
),

{#- Among those who look alike any may be the one; where nobody does, anybody. -#}
picked_{{ number }} as (
    select
        {{ tokumei._as_double('count(*)') }} as persons,
        coalesce(avg(case
            when here.shown = there.shown then 1 / alike.persons
            when alike.persons is null then 1 / everybody.persons
            else 0
        end), 0) as success,
        coalesce(max(1 / everybody.persons), 0) as base
    from persons_{{ number }} as person
    inner join here_{{ number }} as here on person.here = here.who
    inner join there_{{ number }} as there on person.there = there.who
    left join alike_{{ number }} as alike on here.shown = alike.shown
    cross join everybody_{{ number }} as everybody
),

measured_{{ number }} as (
    select
        {{ tokumei.sql_literal(other['mart']) }} as what,
        {{ tokumei.sql_literal(named | join(' + ')) }} as named,
        picked.persons,
        picked.success,
        picked.base,
        {{ tokumei._wilson('picked.success', 'picked.persons', 'lower') }} - picked.base as lower,
        {{ tokumei._wilson('picked.success', 'picked.persons', 'upper') }} - picked.base as upper
    from picked_{{ number }} as picked
    where exists (select 1 from here_{{ number }} as here) and exists (select 1 from there_{{ number }} as there)
)
{%- endmacro %}

{#- What the records of each person show together: of one record its columns, of several the distinct ones in order. -#}
{% macro _shown_of_persons(release, who, names, unique) -%}
{%- set columns = 'md5(' ~ tokumei.sql_record_text(tokumei._quoted(names, 'mart')) ~ ')' -%}
{%- set token = 'mart.' ~ tokumei.sql_identifier(who) -%}
{%- if unique -%}
select {{ token }} as who, md5({{ columns }}) as shown
from {{ release }} as mart
{%- else -%}
select record.who, md5({{ tokumei.sql_join_rows('record.shown') }}) as shown
from (
    select distinct {{ token }} as who, {{ columns }} as shown
    from {{ release }} as mart
) as record
group by record.who
{%- endif -%}
{%- endmacro %}

{#- The real records of the other mart's release of this run: another's is under another key. -#}
{% macro _release_beside(policy, other) -%}
    {%- set made = tokumei.first_row('select count(*) from ' ~ tokumei.private_relation('releases_log') ~ ' where mart = ' ~ tokumei.sql_literal(other['mart']) ~ ' and invocation_id = ' ~ tokumei.sql_literal(invocation_id)) -%}
    {%- if made[0] == 0 -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ ': attacks: linkability: ' ~ other['mart'] ~ ' has no release of this run; see docs/audits/linkability.md') -%}
    {%- endif -%}
    {%- set release = tokumei.private_relation(tokumei.release_identifier(other['mart'])) -%}
    {{- return('(select * from ' ~ release ~ ' as every_record where not every_record.tokumei_synthetic)' if other['synthetic_share'] else release) -}}
{%- endmacro %}

{#- The token that the other mart has for a subject as this mart's source writes it. -#}
{% macro _token_beside(policy, other, subject) -%}
    {{- return(tokumei.token({
        'dataset': other['dataset'], 'mart': other['mart'], 'scope': other['scope'],
        'source': policy['source'], 'subject': policy['subject'],
    }, subject)) -}}
{%- endmacro %}
