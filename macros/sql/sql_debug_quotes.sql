{#- Whether dbt would write down what the engine says of a statement that fails, although the package replaces it. -#}
{% macro sql_debug_quotes() -%}
    {{- return(adapter.dispatch('sql_debug_quotes', 'tokumei')()) -}}
{%- endmacro %}

{#- Where the error is caught in the server, there is nothing to write. -#}
{% macro default__sql_debug_quotes() -%}
    {{- return(false) -}}
{%- endmacro %}

{#- dbt-duckdb notes every error itself, before anybody can replace it. -#}
{% macro duckdb__sql_debug_quotes() -%}
    {{- return(flags.DEBUG or 'debug' in [invocation_args_dict.get('log_level_file'), invocation_args_dict.get('log_level')]) -}}
{%- endmacro %}
