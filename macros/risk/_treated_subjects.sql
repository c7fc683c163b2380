{#- The population: the source's subjects as the mart would show them, nobody suppressed. With `where` or max_history left out,
    unless something is drawn by chance or grouped, which nobody outside the sample was: then those that `where` leaves. -#}
{% macro _treated_subjects(policy, scene) -%}
    {%- set facts = scene['facts'] -%}
    {%- set shape = facts['shape'] -%}
    {%- if not (shape['classed'] or policy['follows']) -%}
        {{- return(tokumei._subjects_without_classes(policy, facts)) -}}
    {%- endif -%}
    {%- set combined = {'relation': facts['combinations'], 'unique': facts['unique']} -%}
    {%- if tokumei._population_is_wider(policy, shape) -%}
        {%- do combined.update(tokumei._wider_combinations(policy, facts, shape)) -%}
    {%- endif -%}
    {%- set ungrouped = [] -%}
    {%- for recode in shape['recodes'] if recode['kind'] == 'group' -%}
        {%- for name in recode['columns'] if name in shape['quasi_identifiers'] -%}{%- do ungrouped.append('population.' ~ tokumei.shown_as(name) ~ ' is not null') -%}{%- endfor -%}
    {%- endfor -%}
    {{- return({
        'relation': tokumei._inline(tokumei.stage_recoded(policy, facts['at'], shape, combined['relation'], combined['unique'])) ~ ' as population'
            ~ ('\nwhere ' ~ ungrouped | join(' and ') if ungrouped else ''),
        'columns': tokumei._quoted(tokumei._class_columns(shape), 'population'),
        'subjects': 'sum(population.tokumei_subjects)', 'subject': 'tokumei_subject', 'unique': combined['unique'],
    }) -}}
{%- endmacro %}

{% macro _population_is_wider(policy, shape) -%}
    {%- set drawn = shape['noises'] or shape['swaps'] or policy['hide_places'] or shape['recodes'] | selectattr('kind', 'in', ['group', 'local']) | list -%}
    {{- return((policy['where'] or policy['max_history']) and not drawn) -}}
{%- endmacro %}

{#- The combinations of the whole source, records without a subject left out. -#}
{% macro _wider_combinations(policy, facts, shape) -%}
    {%- set whole = dict(policy, where=[{'column': policy['subject'], 'is': 'not_null'}], max_history=none) -%}
    {%- set at = {
        'origin': facts['at']['origin'], 'lookups': facts['at']['lookups'], 'follows': facts['at']['follows'],
        'maps': {}, 'noises': {}, 'swaps': {}, 'numbering': 'none',
    } -%}
    {%- do at.update({'source': tokumei._inline(tokumei.stage_source(whole, at))}) -%}
    {%- set counted = tokumei._count_source(whole, at) -%}
    {%- set unique = counted['records_in'] == counted['subjects_in'] -%}
    {%- for column in shape['maps'] if column['name'] in shape['combined'] -%}
        {%- do at['maps'].update({column['name']: tokumei._inline(tokumei.lookup_map(whole, column, at))}) -%}
    {%- endfor -%}
    {%- do at.update({'treated': tokumei._inline(tokumei.stage_treated(whole, at, shape, shape['combined']))}) -%}
    {%- if policy['follows'] -%}
        {%- do at.update({'members': tokumei._inline(tokumei.stage_members(whole, at, shape))}) -%}
    {%- endif -%}
    {{- return({'relation': tokumei._store(facts, policy['mart'], 'risk_source', tokumei.stage_combinations(whole, at, shape, unique)), 'unique': unique}) -}}
{%- endmacro %}

{% macro _subjects_without_classes(policy, facts) -%}
    {{- return({
        'relation': tokumei._inline('select ' ~ tokumei.sql_identifier(policy['subject']) ~ ' as tokumei_subject, count(*) as tokumei_subjects from ' ~ facts['at']['source'] ~ ' as source group by 1') ~ ' as population',
        'columns': [], 'subjects': 'count(*)', 'subject': 'tokumei_subject', 'unique': facts['unique'],
    }) -}}
{%- endmacro %}
