{#- Whether the joins of what follows are shared among workers however small the smaller side is. -#}
{% macro sql_share_joins(shared) -%}
    {{- return(adapter.dispatch('sql_share_joins', 'tokumei')(shared)) -}}
{%- endmacro %}

{% macro default__sql_share_joins(shared) -%}
{%- endmacro %}

{#- PostgreSQL lets workers share a table of 8 MB or more. Stages have no statistics, so it would rather hash the source than
    them, and with a stage that is not shared it does so alone: the last pass, sort and all, would have one worker. Not for
    other statements: grouping by many values it would sort all records among workers instead of hashing them. -#}
{% macro postgres__sql_share_joins(shared) -%}
    {%- do tokumei.run_statement('set local min_parallel_table_scan_size ' ~ ('= 0' if shared else 'to default')) -%}
{%- endmacro %}
