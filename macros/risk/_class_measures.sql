{% macro _class_measures(side, threshold, grouped, journalist) -%}
    {%- set of = side['name'] -%}
    {%- set held = 'class.' ~ side['count'] -%}
    {%- set classes = 'class where ' ~ held ~ ' > 0' -%}
    {%- set placed = 'placed_' ~ side['count'] ~ ' as placed' -%}
    {%- set alone = 'coalesce(sum(case when placed.smallest = 1 then placed.subjects else 0 end), 0)' -%}
    {%- set found = [
        tokumei._measure(of, 'subjects', 'coalesce(sum(placed.subjects), 0)', 'subjects', placed),
        tokumei._measure(of, 'classes', 'count(*)', 'classes', classes),
        tokumei._measure(of, 'smallest_class', 'min(' ~ held ~ ')', 'subjects', classes),
        tokumei._measure(of, 'largest_class', 'max(' ~ held ~ ')', 'subjects', classes),
        tokumei._measure(of, 'uniques', alone, 'subjects', placed),
        tokumei._measure(of, 'uniques_share', tokumei._share(alone, 'placed.subjects'), 'share', placed),
    ] -%}
    {%- set sizes = tokumei._size_ranges(held) if grouped else [held, held] -%}
    {%- do found.append(tokumei._measure(of, 'classes_of_size', 'count(*)', 'classes', classes ~ ' group by ' ~ sizes | unique | join(', '), size=sizes[0], size_to=sizes[1])) -%}
    {%- set sizes = tokumei._size_ranges('placed.smallest') if grouped else ['placed.smallest', 'placed.smallest'] -%}
    {%- do found.append(tokumei._measure(of, 'subjects_in_classes_of_size', 'sum(placed.subjects)', 'subjects', placed ~ ' group by ' ~ sizes | unique | join(', '), size=sizes[0], size_to=sizes[1])) -%}
    {%- do found.extend(tokumei._risks(of, 'prosecutor', 'placed.smallest', threshold, placed)) -%}
    {%- if journalist -%}
        {%- set population = 'greatest(class.population, class.mart)' -%}
        {%- set risks = tokumei._risks('both', 'journalist', 'placed.population', threshold, placed) -%}
        {%- set average = tokumei._mean_risk('placed.population') -%}
        {%- set classwise = '(select cast(count(*) as ' ~ tokumei.sql_type('double precision') ~ ') / nullif(sum(' ~ population ~ '), 0) from ' ~ classes ~ ')' -%}
        {%- do found.extend(risks[1:] + [
            tokumei._measure('both', 'journalist_average', 'greatest(' ~ average ~ ', ' ~ classwise ~ ')', 'probability', placed),
            tokumei._measure('both', 'marketer', average, 'probability', placed),
        ]) -%}
    {%- endif -%}
    {{- return(found) -}}
{%- endmacro %}

{% macro _risks(of, attacker, size, threshold, placed) -%}
    {%- set above = 'sum(case when cast(1 as ' ~ tokumei.sql_type('double precision') ~ ') / ' ~ size ~ ' > ' ~ threshold ~ ' then placed.subjects else 0 end)' -%}
    {%- set risks = [
        tokumei._measure(of, attacker ~ '_average', tokumei._mean_risk(size), 'probability', placed),
        tokumei._measure(of, attacker ~ '_maximum', 'cast(1 as ' ~ tokumei.sql_type('double precision') ~ ') / min(' ~ size ~ ')', 'probability', placed),
    ] -%}
    {%- if threshold is not none -%}
        {%- do risks.append(tokumei._measure(of, attacker ~ '_above', tokumei._share(above, 'placed.subjects'), 'share', placed)) -%}
    {%- endif -%}
    {{- return(risks) -}}
{%- endmacro %}

{% macro _mean_risk(size) -%}
    {{- return('sum(cast(placed.subjects as ' ~ tokumei.sql_type('double precision') ~ ') / ' ~ size ~ ') / nullif(sum(placed.subjects), 0)') -}}
{%- endmacro %}

{% macro _share(part, whole) -%}
    {{- return('cast(' ~ part ~ ' as ' ~ tokumei.sql_type('double precision') ~ ') / nullif(sum(' ~ whole ~ '), 0)') -}}
{%- endmacro %}

{#- 1, 2, 3, 4, 5, 6 to 10, 11 to 20, … as [from, to]; beyond the last, open. -#}
{% macro _size_ranges(size) -%}
    {%- set ends = [1, 2, 3, 4, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000] -%}
    {%- set starts = [] -%}{%- set stops = [] -%}
    {%- for end in ends -%}
        {%- do starts.append('when ' ~ size ~ ' <= ' ~ end ~ ' then ' ~ (ends[loop.index0 - 1] + 1 if not loop.first else 1)) -%}
        {%- do stops.append('when ' ~ size ~ ' <= ' ~ end ~ ' then ' ~ end) -%}
    {%- endfor -%}
    {{- return(['case ' ~ starts | join(' ') ~ ' else 10001 end', 'case ' ~ stops | join(' ') ~ ' end']) -}}
{%- endmacro %}
