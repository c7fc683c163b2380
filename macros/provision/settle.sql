{#- dbt run-operation settle: lets the registers take effect, for one dataset or all. Access opens and lapses with the
    days that pass, so a schedule that builds seldom runs it daily. -#}
{% macro settle(dataset=none) -%}
    {%- if execute and dataset is not none and dataset not in tokumei.datasets_of_graph() -%}
        {%- do tokumei.close_forgotten(dataset) -%}
    {%- elif execute -%}
        {%- do tokumei.settle_datasets(tokumei.datasets_of_graph() if dataset is none else [dataset]) -%}
    {%- endif -%}
{%- endmacro %}

{% macro settle_datasets(datasets) -%}
    {%- if datasets -%}
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
    {%- do tokumei.sql_lock_dataset(dataset) -%}
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
        {%- endif -%}
        {%- if tokumei.sql_has_grants() -%}
            {%- do tokumei.sql_lock_dataset(dataset) -%}
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

{% macro _open_statements(release, open) -%}
    {%- set dataset = release['dataset'] -%}
    {%- set statements = [] -%}
    {%- for node in tokumei.marts_of(dataset) -%}
        {%- set mart = tokumei.mart_relation(node) -%}
        {%- if release['release'] != open -%}
            {%- do statements.extend(tokumei.show_release(node, release['marts'][node['name']])) -%}
        {%- endif -%}
        {%- set grants = node['config'].get('grants') -%}
        {%- if grants -%}
            {%- do statements.extend(tokumei.sql_grant_statements(mart, grants)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if release['release'] != open -%}
        {%- do statements.extend(tokumei._shut_what_left(dataset, open)) -%}
        {%- do statements.append(tokumei.log_access(dataset, release['release'], 'opened')) -%}
        {%- do log('tokumei: dataset ' ~ dataset ~ ': release ' ~ release['release'] ~ ' is open to its readers', info=true) -%}
    {%- endif -%}
    {{- return(statements) -}}
{%- endmacro %}

{% macro _close_statements(newest, open) -%}
    {%- set dataset = newest['dataset'] -%}
    {%- set statements = [] -%}
    {%- for node in tokumei.marts_of(dataset) -%}
        {%- if open is not none -%}
            {%- do statements.extend(tokumei.show_release(node, newest['marts'][node['name']])) -%}
        {%- endif -%}
        {%- do statements.extend(tokumei.sql_grant_statements(tokumei.mart_relation(node), {})) -%}
    {%- endfor -%}
    {%- if open is not none -%}
        {%- do statements.extend(tokumei._shut_what_left(dataset, open)) -%}
        {%- do statements.append(tokumei.log_access(dataset, open, 'closed')) -%}
        {%- do log('tokumei: dataset ' ~ dataset ~ ': release ' ~ open ~ ' is no longer covered: closed; see docs/provision.md', info=true) -%}
    {%- endif -%}
    {{- return(statements) -}}
{%- endmacro %}

{#- Marts of a release that the project no longer makes keep their views, and nobody the right to read them. -#}
{% macro _shut_what_left(dataset, open) -%}
    {%- set statements = [] -%}
    {%- set made = tokumei.marts_of(dataset) | map(attribute='name') | list -%}
    {%- for row in run_query(
        'select ' ~ tokumei._as_said(['standing.mart', 'standing.mart_relation']) ~ ' from ' ~ tokumei.standing_releases() ~ ' as standing where standing.dataset = '
        ~ tokumei.sql_literal(dataset) ~ ' and standing.invocation_id = ' ~ tokumei.sql_literal(open)
    ).rows if row[0][1:] not in made -%}
        {%- do statements.extend(tokumei.sql_grant_statements(row[1][1:], {})) -%}
    {%- endfor -%}
    {{- return(statements) -}}
{%- endmacro %}

{#- A dataset that the project no longer makes: closed when it is named, because another project may make it. -#}
{% macro close_forgotten(dataset) -%}
    {%- do tokumei._make_sure_of_logs() -%}
    {%- do tokumei.sql_lock_dataset(dataset) -%}
    {%- set open = tokumei.open_release(dataset) -%}
    {%- if open is none -%}
        {%- do exceptions.raise_compiler_error('tokumei: settle: no such dataset; got ' ~ dataset ~ '; allowed: ' ~ tokumei.datasets_of_graph() | join(', ') ~ ', or one that is open and no longer made; see docs/provision.md') -%}
    {%- endif -%}
    {%- do tokumei.sql_run_together(tokumei._shut_what_left(dataset, open) + [tokumei.log_access(dataset, open, 'closed')]) -%}
    {%- do log('tokumei: dataset ' ~ dataset ~ ': release ' ~ open ~ ' is closed: the dataset is no longer made here; see docs/provision.md', info=true) -%}
    {%- do tokumei.sql_lock_dataset(dataset) -%}
    {%- do tokumei.end_provisions(dataset, [], 'the dataset is no longer made here') -%}
    {%- do tokumei.sql_commit_now() -%}
{%- endmacro %}
