{#- What changed unsaid since the mart's last release: a source column is of another kind, which may make all its values
    unreadable and so null, or the mart lost an item. --full-refresh says that both are meant, data_type that a kind is. -#}
{% macro check_drift(policy) -%}
    {%- set rows = run_query(
        'select standing.release_id, standing.source_types from ' ~ tokumei.standing_releases() ~ ' as standing where standing.mart = '
        ~ tokumei.sql_literal(policy['mart']) ~ ' order by standing.release_no desc limit 1'
    ).rows if not flags.FULL_REFRESH else [] -%}
    {%- set errors = [] -%}
    {%- for release_id, source_types in rows -%}
        {%- set now = policy['source']['types'] -%}
        {%- for name, before in fromjson(source_types or '{}').items() if name in now and name not in policy['source']['declared'] and now[name] != before -%}
            {%- do tokumei._policy_error(
                errors, policy['source']['name'], name, 'the column is of another type than at the last release of ' ~ policy['mart'],
                now[name] or 'another', (before or 'as it was') ~ (', or data_type: ' ~ now[name] ~ ' in its YAML' if now[name] else '') ~ ', or --full-refresh', 'drift.md'
            ) -%}
        {%- endfor -%}
        {%- set shown = policy['columns'] | map(attribute='name') | list -%}
        {%- for item in run_query(
            'select column_name from ' ~ tokumei.private_relation('release_items_log') ~ ' where release_id = ' ~ tokumei.sql_literal(release_id) ~ ' order by ' ~ tokumei.sql_identifier('position')
        ).rows if item[0] not in shown -%}
            {%- do tokumei._policy_error(errors, policy['mart'], item[0], 'the last release has this column, and the policy no longer', 'nothing', 'the column, or --full-refresh', 'drift.md') -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do tokumei._raise_together(errors) -%}
{%- endmacro %}
