{#- on-run-start: the lineage is judged; then the private schema, the logs, and one key for each dataset whose marts this
    run builds in full. -#}
{% macro begin_run() -%}
    {%- do tokumei.refuse_lineage() -%}
    {%- if execute and tokumei.begins_run() -%}
        {%- do tokumei.warn_of_debugging() -%}
        {%- do tokumei.sql_create_private_schema() -%}
        {%- do tokumei.create_logs() -%}
        {%- for dataset in tokumei.selected_datasets() if tokumei.partial_datasets() or not tokumei.unselected_marts(dataset) -%}
            {%- do tokumei.sql_hold_dataset(dataset) -%}
            {%- do tokumei.sql_take_key(dataset) -%}
            {%- do tokumei.log_key(dataset, 'taken') -%}
            {%- do tokumei.sql_commit_now() -%}
            {%- do tokumei.withdraw_abandoned(dataset) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{#- A warning, not an error: on test data debugging is what one wants. dbt's --warn-error makes it one. -#}
{% macro warn_of_debugging() -%}
    {%- if tokumei.selected_datasets() and tokumei.sql_debug_quotes() -%}
        {%- do exceptions.warn('tokumei: dbt writes down what the engine says of a statement that fails, and that may quote data; got logging at the level debug; allowed: flags: {log_level_file: info} in dbt_project.yml, without --debug; see docs/engine_errors.md') -%}
    {%- endif -%}
{%- endmacro %}

{#- Whether this run needs the logs from its beginning. -#}
{% macro begins_run() -%}
    {{- return(tokumei.builds_models() and (tokumei.selected_datasets() + tokumei.selected_readers()) | length > 0) -}}
{%- endmacro %}
