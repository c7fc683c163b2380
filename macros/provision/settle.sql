{#- dbt run-operation settle: lets the registers take effect, for one dataset or all. Access opens and lapses with the
    days that pass, so a schedule that builds seldom runs it daily. -#}
{% macro settle(dataset=none) -%}
    {%- if execute and dataset is not none and dataset not in tokumei.datasets_of_graph() -%}
        {%- do tokumei.close_forgotten(dataset) -%}
    {%- elif execute -%}
        {%- do tokumei.settle_datasets(tokumei.datasets_of_graph() if dataset is none else [dataset]) -%}
    {%- endif -%}
{%- endmacro %}

{#- `logs` is whether this run has made sure of the logs before. -#}
{% macro settle_datasets(datasets, logs=false) -%}
    {%- if datasets and not logs -%}
        {%- do tokumei._make_sure_of_logs() -%}
    {%- endif -%}
    {%- for dataset in datasets -%}
        {%- do tokumei.settle_dataset(dataset) -%}
    {%- endfor -%}
{%- endmacro %}

{% macro _make_sure_of_logs() -%}
    {%- do tokumei.sql_create_private_schema() -%}
    {%- do tokumei.create_logs() -%}
    {%- do tokumei.sql_commit_now() -%}
{%- endmacro %}

{#- The newest release that a publication covers is shown to the readers that the marts' grants name; where none is
    covered, the marts show the newest release and nobody but the building role reads it. All marts at once. -#}
{% macro settle_dataset(dataset) -%}
    {%- do tokumei.sql_hold_dataset(dataset) -%}
    {%- set releases = tokumei.whole_releases(dataset) -%}
    {%- if releases -%}
        {%- set open = tokumei.open_release(dataset) -%}
        {%- set found = tokumei._release_to_open(releases, open) -%}
        {%- set statements = [] -%}
        {%- if found['release'] is not none -%}
            {%- do statements.extend(tokumei._open_statements(found['release'], open)) -%}
        {%- else -%}
            {%- do statements.extend(tokumei._close_statements(releases[0], open)) -%}
        {%- endif -%}
        {%- if found['held'] -%}
            {%- set last = tokumei.last_access(dataset) -%}
            {%- if last is none or last['event'] != 'held' or last['release'] != releases[0]['release'] -%}
                {%- do statements.append(tokumei.log_access(dataset, releases[0]['release'], 'held')) -%}
            {%- endif -%}
            {%- do log('tokumei: dataset ' ~ dataset ~ ': release ' ~ releases[0]['release'] ~ ' is held: ' ~ found['why'] ~ '; see docs/provision.md', info=true) -%}
        {%- endif -%}
        {%- if statements -%}
            {%- do tokumei.sql_run_together(statements) -%}
            {%- do tokumei.sql_hold_dataset(dataset) -%}
        {%- endif -%}
        {%- if tokumei.sql_has_grants() -%}
            {%- do tokumei.settle_recipients(dataset, releases) -%}
        {%- endif -%}
    {%- endif -%}
    {%- do tokumei.sql_commit_now() -%}
{%- endmacro %}

{#- Newest first; what is open stays open while it is covered and nothing newer is. -#}
{% macro _release_to_open(releases, open) -%}
    {%- set state = namespace(release=none, why=none) -%}
    {%- for release in releases -%}
    {%- if state.release is none and (loop.index <= tokumei.kept_releases() or release['release'] == open) -%}
        {%- set found = tokumei.coverage(release, 'creation', releases) -%}
        {%- set why = found['why'] or (none if release['key_destroyed'] else 'its key is not known to be destroyed') -%}
        {%- if why is none -%}
            {%- set state.release = release -%}
        {%- elif loop.first -%}
            {%- set state.why = why -%}
        {%- endif -%}
    {%- endif -%}
    {%- endfor -%}
    {{- return({'release': state.release, 'held': state.why is not none, 'why': state.why}) -}}
{%- endmacro %}
