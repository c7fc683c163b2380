{#- Minimal sample uniques (SUDA2): groups of one subject of which no part is a group of one. `key` names a group by its set
    and values; a group explains another if dropping a column of that gives it. -#}
{% macro _lone_groups(frame, side, codes, widest) -%}
{%- set count = side['count'] -%}
{%- set shorter = [] -%}
{%- for code in codes -%}
    {%- do shorter.append('select lone.key, ' ~ tokumei._group_key(codes, 'lone', code) ~ ' as shorter from lone_' ~ count ~ ' as lone where lone.' ~ code ~ ' is not null and lone.columns_known > 1') -%}
{%- endfor -%}
lone_{{ count }} as {{ tokumei.sql_once() }}(
    select
        {{ tokumei._lines(tokumei._quoted(codes, 'known'), 8) }},
        known.who_{{ count }} as who,
        {{ tokumei._known_columns(codes, 'known') }} as columns_known,
        {{ tokumei._group_key(codes, 'known') }} as key
    from known
    where known.{{ count }} = 1
),

shorter_{{ count }} as (
    {{ shorter | join('\nunion all\n') | indent(4) }}
),

minimal_{{ count }} as {{ tokumei.sql_once() }}(
    select
        {{ tokumei._lines(tokumei._quoted(codes, 'lone'), 8) }},
        lone.who,
        lone.columns_known,
        {{ tokumei._suda_score(codes | length, widest) }} as score
    from lone_{{ count }} as lone
    where not exists (
        select 1
        from shorter_{{ count }} as part
        inner join lone_{{ count }} as explained on part.shorter = explained.key
        where part.key = lone.key
    )
)
{%- endmacro %}

{% macro _group_key(codes, alias, without=none) -%}
    {%- set parts = [] -%}
    {%- for code in codes -%}
        {%- do parts.append("''" if code == without else "coalesce(cast(" ~ alias ~ '.' ~ code ~ " as " ~ tokumei.sql_type('text') ~ "), '')") -%}
    {%- endfor -%}
    {{- return(parts | join(" || ',' || ")) -}}
{%- endmacro %}

{#- Elliot et al. 2005: of s columns, the product of (ATT - i) for i from s to M, ATT being the number of columns and M the most
    that were looked at together, but less than ATT: the product would be 0. -#}
{% macro _suda_score(columns, widest) -%}
    {%- set most = [widest, columns - 1] | min -%}
    {%- set cases = [] -%}
    {%- for size in range(1, widest + 1) -%}
        {%- set score = namespace(value=1) -%}
        {%- for i in range(size, most + 1) -%}{%- set score.value = score.value * (columns - i) -%}{%- endfor -%}
        {%- do cases.append('when ' ~ size ~ ' then ' ~ score.value) -%}
    {%- endfor -%}
    {{- return('case lone.columns_known ' ~ cases | join(' ') ~ ' end') -}}
{%- endmacro %}

{% macro _special_measures(frame, side, codes, widest) -%}
    {%- set of = side['name'] -%}
    {%- set minimal = 'minimal_' ~ side['count'] ~ ' as minimal' -%}
    {%- set persons = '(select minimal.who, sum(minimal.score) as score from ' ~ minimal ~ ' group by minimal.who) as person' -%}
    {%- set found = [
        tokumei._measure(of, 'special_uniques', 'count(*)', 'subjects', persons),
        tokumei._measure(of, 'suda_maximum', 'max(person.score)', 'score', persons),
        tokumei._measure(of, 'suda_average', 'avg(cast(person.score as ' ~ tokumei.sql_type('double precision') ~ '))', 'score', persons),
    ] -%}
    {%- for size in range(1, widest + 1) -%}
        {%- do found.append(tokumei._measure(of, 'minimal_uniques', 'count(*)', 'sets', minimal ~ ' where minimal.columns_known = ' ~ size, size=size)) -%}
    {%- endfor -%}
    {%- for code in codes -%}
        {%- set place = tokumei.sql_literal(loop.index | string) -%}
        {%- do found.append(tokumei._measure(of, 'minimal_uniques_with', 'count(minimal.' ~ code ~ ')', 'sets', minimal, places=place)) -%}
        {%- do found.append(tokumei._measure(of, 'suda_share', tokumei._share('sum(case when minimal.' ~ code ~ ' is not null then minimal.score else 0 end)', 'minimal.score'), 'share', minimal, places=place)) -%}
    {%- endfor -%}
    {{- return(found) -}}
{%- endmacro %}
