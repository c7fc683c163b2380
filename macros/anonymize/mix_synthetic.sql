{#- Once the audits have passed on real subjects: the release, real and synthetic records in one order. Which is which
    stands in the private table alone. -#}
{% macro mix_synthetic(policy, release, facts) -%}
    {%- set numbered = tokumei._store(facts, policy['mart'], 'numbered', tokumei.stage_synthetic_numbered(policy, facts['candidate'])) -%}
    {%- set places = tokumei._store(facts, policy['mart'], 'places_drawn', tokumei.stage_synthetic_places(policy, facts['candidate'], numbered, facts)) -%}
    {%- set synthetic = tokumei._store(facts, policy['mart'], 'synthetic', tokumei.stage_synthetic(policy, numbered, places, facts)) -%}
    {%- set token = tokumei.sql_identifier(policy['token']) -%}
    {%- set counts = tokumei.first_row('select count(*) as records, count(distinct made.' ~ token ~ ') as subjects from ' ~ synthetic ~ ' as made') -%}
    {%- do facts.update({'synthetic_records': counts[0] | int, 'synthetic_subjects': counts[1] | int}) -%}
    {%- if facts['synthetic_subjects'] < tokumei.synthetic_wanted(policy, facts) -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ ': synthetic_share: ' ~ facts['synthetic_subjects'] ~ ' of ' ~ tokumei.synthetic_wanted(policy, facts) ~ ' synthetic subjects could be drawn without copying a real record; show more columns, or ask for less; see docs/steps/synthetic_share.md') -%}
    {%- endif -%}
    {%- set columns = policy['columns'] | map(attribute='name') | list -%}
    {%- set columns = columns if policy['token'] in columns else columns + [policy['token']] -%}
    {%- set parts = [] -%}
    {%- for relation, flag in [[facts['candidate'], 'false'], [synthetic, 'true']] -%}
        {%- do parts.append('select ' ~ tokumei._quoted(columns, 'one') | join(', ') ~ ', ' ~ flag ~ ' as tokumei_synthetic from ' ~ relation ~ ' as one') -%}
    {%- endfor -%}
    {%- do tokumei.run_statement(
        'create table ' ~ release ~ ' as\nselect * from (\n' ~ parts | join('\nunion all\n') ~ '\n) as mixed\norder by '
        ~ tokumei._row_order(policy, facts['unique']) | join(', ') ~ tokumei.sql_analyze(release)
    ) -%}
    {%- do tokumei.sql_keep_private(release) -%}
{%- endmacro %}
