{#- Who is found by few quasi-identifiers: every set of up to three, in one pass over the frequency set. Of each set the
    smallest class, the uniques and who is in classes of fewer than k; of the uniques those that no smaller set finds. -#}
{% macro risk_of_combinations(frame, k) -%}
{%- set codes = tokumei._codes(frame) -%}
{%- set sets = tokumei._column_sets(codes | length) -%}
{%- set grouping = [] -%}
{%- for set in sets -%}
    {%- set members = [] -%}
    {%- for place in set -%}{%- do members.append('held.c_' ~ place) -%}{%- endfor -%}
    {%- do grouping.append('(' ~ members | join(', ') ~ ')') -%}
{%- endfor -%}
{%- set widest = (sets | last) | length -%}
{%- set found = [] -%}
{%- for side in frame['sides'] -%}
    {%- do found.extend(tokumei._combination_measures(frame, side, k) + tokumei._special_measures(frame, side, codes, widest)) -%}
{%- endfor -%}
with known as {{ tokumei.sql_once() }}(
    select
        {{ tokumei._lines(tokumei._quoted(codes, 'held') + tokumei._group_counts(frame), 8) }}
    from {{ frame['rows'] }} as held
    group by grouping sets (
        {{ grouping | join(',\n        ') }}
    )
),
{%- for side in frame['sides'] %}

{{ tokumei._lone_groups(frame, side, codes, widest) }}{{ ',' if not loop.last }}
{%- endfor %}

{{ found | join('\nunion all\n') }}
{%- endmacro %}

{#- Places of columns, of one to three: fewer where there are so many columns that the sets would be more than 700. -#}
{% macro _column_sets(count) -%}
    {%- set ones = [] -%}{%- set twos = [] -%}{%- set threes = [] -%}
    {%- for first in range(1, count + 1) -%}
        {%- do ones.append([first]) -%}
        {%- for second in range(first + 1, count + 1) -%}
            {%- do twos.append([first, second]) -%}
            {%- for third in range(second + 1, count + 1) -%}{%- do threes.append([first, second, third]) -%}{%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if ones | length + twos | length > 700 -%}
        {{- return(ones) -}}
    {%- elif ones | length + twos | length + threes | length > 700 -%}
        {{- return(ones + twos) -}}
    {%- endif -%}
    {{- return(ones + twos + threes) -}}
{%- endmacro %}

{#- Of each group its subjects, and one of them: of a group of one, who it is. A column outside the set is null. -#}
{% macro _group_counts(frame) -%}
    {%- set counts = [] -%}
    {%- for side in frame['sides'] -%}
        {%- set who = 'case when held.' ~ side['count'] ~ ' > 0 then held.who end' -%}
        {%- do counts.append(('cast(sum(held.' ~ side['count'] ~ ') as bigint)' if frame['unique'] else 'count(distinct ' ~ who ~ ')') ~ ' as ' ~ side['count']) -%}
        {%- do counts.append('min(' ~ who ~ ') as who_' ~ side['count']) -%}
    {%- endfor -%}
    {{- return(counts) -}}
{%- endmacro %}

{#- The places of the columns of a group, as text. -#}
{% macro _places(codes, alias) -%}
    {%- set places = [] -%}
    {%- for code in codes -%}{%- do places.append('case when ' ~ alias ~ '.' ~ code ~ " is null then '' else '" ~ loop.index ~ " ' end") -%}{%- endfor -%}
    {{- return(places | join(' || ')) -}}
{%- endmacro %}

{% macro _known_columns(codes, alias) -%}
    {%- set ones = [] -%}
    {%- for code in codes -%}{%- do ones.append('case when ' ~ alias ~ '.' ~ code ~ ' is null then 0 else 1 end') -%}{%- endfor -%}
    {{- return(ones | join(' + ')) -}}
{%- endmacro %}

{% macro _combination_measures(frame, side, k) -%}
    {%- set codes = tokumei._codes(frame) -%}
    {%- set held = 'known.' ~ side['count'] -%}
    {%- set places = tokumei._places(codes, 'known') -%}
    {%- set columns = tokumei._known_columns(codes, 'known') -%}
    {%- set from = 'known where ' ~ held ~ ' > 0 group by ' ~ places ~ ', ' ~ columns -%}
    {%- set alone = 'count(distinct case when ' ~ held ~ ' = 1 then known.who_' ~ side['count'] ~ ' end)' -%}
    {%- set found = [] -%}
    {%- for measure, value, unit in [
        ['combination_classes', 'count(*)', 'classes'],
        ['combination_smallest_class', 'min(' ~ held ~ ')', 'subjects'],
        ['combination_uniques', alone, 'subjects'],
        ['combination_below_k', tokumei._share('sum(case when ' ~ held ~ ' < ' ~ k ~ ' then ' ~ held ~ ' else 0 end)', held), 'share'],
    ] if k is not none or measure != 'combination_below_k' -%}
        {%- do found.append(tokumei._measure(side['name'], measure, value, unit, from, places=places, size=columns)) -%}
    {%- endfor -%}
    {{- return(found) -}}
{%- endmacro %}
