{#- The run whose release the readers of a dataset see; none where nothing is open. A held release leaves it open. -#}
{% macro open_release(dataset) -%}
    {%- set rows = run_query(
        'select release, event from ' ~ tokumei.private_relation('access_log') ~ ' where dataset = ' ~ tokumei.sql_literal(dataset)
        ~ " and event in ('opened', 'closed') order by event_no desc limit 1"
    ).rows -%}
    {{- return(rows[0][0] if rows | length and rows[0][1] == 'opened' else none) -}}
{%- endmacro %}

{#- Whether readers see an earlier release of this mart, which only the registers may replace. -#}
{% macro serves_readers(policy) -%}
    {%- set open = tokumei.open_release(policy['dataset']) -%}
    {%- set rows = run_query(
        'select count(*) from ' ~ tokumei.standing_releases() ~ ' as standing where standing.mart = ' ~ tokumei.sql_literal(policy['mart'])
        ~ ' and standing.invocation_id = ' ~ tokumei.sql_literal(open)
    ).rows if open is not none else [[0]] -%}
    {{- return(rows[0][0] > 0) -}}
{%- endmacro %}
