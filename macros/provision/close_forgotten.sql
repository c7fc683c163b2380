{#- A dataset that the project no longer makes: closed when it is named, because another project may make it. -#}
{% macro close_forgotten(dataset) -%}
    {%- do tokumei._make_sure_of_logs() -%}
    {%- do tokumei.sql_hold_dataset(dataset) -%}
    {%- set open = tokumei.open_release(dataset) -%}
    {%- if open is none -%}
        {%- do exceptions.raise_compiler_error('tokumei: settle: no such dataset; got ' ~ dataset ~ '; allowed: ' ~ tokumei.datasets_of_graph() | join(', ') ~ ', or one that is open and no longer made; see docs/provision.md') -%}
    {%- endif -%}
    {%- do tokumei.sql_run_together(tokumei._shut_what_left(dataset, open) + [tokumei.log_access(dataset, open, 'closed')]) -%}
    {%- do log('tokumei: dataset ' ~ dataset ~ ': release ' ~ open ~ ' is closed: the dataset is no longer made here; see docs/provision.md', info=true) -%}
    {%- do tokumei.sql_hold_dataset(dataset) -%}
    {%- do tokumei.end_provisions(dataset, [], 'the dataset is no longer made here') -%}
    {%- do tokumei.sql_commit_now() -%}
{%- endmacro %}
