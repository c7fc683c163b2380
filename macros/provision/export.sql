{#- dbt run-operation export: what is open, as files in a folder that exists: Parquet and CSV of each mart and, last, a
    manifest; a folder without its manifest is no delivery. With a recipient it is their own copy, if their provision is
    covered; without, the marts as they are, for use. Refuses what is held. -#}
{% macro export(dataset, folder, recipient=none) -%}
    {%- if execute -%}
        {%- if not tokumei.sql_can_export() -%}
            {%- do tokumei._export_error(dataset, 'this engine has grants: a recipient reads their copy in the warehouse', 'an engine with roles', 'an engine without, such as DuckDB') -%}
        {%- elif dataset not in tokumei.datasets_of_graph() -%}
            {%- do tokumei._export_error(dataset, 'no such dataset', dataset, tokumei.datasets_of_graph() | join(', ')) -%}
        {%- endif -%}
        {%- do tokumei.settle_datasets([dataset]) -%}
        {%- set releases = tokumei.whole_releases(dataset) -%}
        {%- set open = tokumei.open_release(dataset) -%}
        {%- if open is none -%}
            {%- do tokumei._export_error(dataset, 'nothing of it is open', tokumei.coverage(releases[0], 'creation', releases)['why'] if releases else 'no release', 'a release that a publication covers') -%}
        {%- endif -%}
        {%- set release = releases | selectattr('release', 'equalto', open) | first -%}
        {%- set provision = none -%}
        {%- if recipient is not none -%}
            {%- set provision = tokumei._provision_to(release, recipient, releases) -%}
        {%- endif -%}
        {%- do tokumei.export_release(release, folder, recipient, provision) -%}
    {%- endif -%}
{%- endmacro %}

{% macro _export_error(dataset, what, got, allowed) -%}
    {%- do exceptions.raise_compiler_error('tokumei: ' ~ dataset ~ ': export: ' ~ what ~ '; got ' ~ got ~ '; allowed: ' ~ allowed ~ '; see docs/provision.md') -%}
{%- endmacro %}

{% macro _provision_to(release, recipient, releases) -%}
    {%- set known = tokumei.checked_register_rows('recipients') | selectattr('recipient', 'equalto', recipient) | list -%}
    {%- if not known -%}
        {%- do tokumei._export_error(release['dataset'], 'the recipient is not registered', recipient, 'a row of the register recipients') -%}
    {%- endif -%}
    {%- set found = tokumei.provision_coverage(release, known[0], releases, none) -%}
    {%- if found['by'] is none -%}
        {%- do tokumei._export_error(release['dataset'], 'the provision to ' ~ recipient ~ ' is not covered', found['why'], 'a publication of kind provision, and a recorded notice') -%}
    {%- endif -%}
    {{- return(found['by']) -}}
{%- endmacro %}

{% macro export_release(release, folder, recipient, provision) -%}
    {%- set dataset = release['dataset'] -%}
    {%- set key = tokumei.copy_key(dataset, recipient) -%}
    {%- if recipient is not none -%}
        {%- do tokumei.sql_take_key(key) -%}
        {%- do tokumei.log_key(key, 'taken') -%}
    {%- endif -%}
    {%- set marts = [] -%}
    {%- for node in tokumei.marts_in(release) -%}
        {%- set made = release['marts'][node['name']] -%}
        {%- set shown = tokumei.shown_items(made['release_id']) -%}
        {%- set query = tokumei.copy_query(made['relation'], node['name'], shown, key) if recipient is not none
            else 'select ' ~ tokumei._quoted(shown | map(attribute='name') | list) | join(', ') ~ ' from ' ~ made['relation'] -%}
        {%- do marts.append(tokumei.sql_export_mart(folder, node['name'], shown, query)) -%}
    {%- endfor -%}
    {%- if recipient is not none -%}
        {%- do tokumei.sql_destroy_key(key) -%}
        {%- do tokumei.log_keys_destroyed(key) -%}
    {%- endif -%}
    {%- do tokumei.sql_export_json(folder ~ '/manifest.json', {
        'label': '匿名加工情報 (anonymously processed information)',
        'dataset': dataset, 'release': release['release'], 'made_on': release['made_on'], 'exported_on': tokumei.today(),
        'recipient': recipient, 'notice': tokumei.notice_text(dataset, recipient, release['release']) if recipient is not none else none,
        'notice_sha256': provision['notice_sha256'] if provision else none,
        'marts': marts,
    }) -%}
    {%- if recipient is not none -%}
        {%- do run_query(tokumei.log_access(dataset, release['release'], 'provided', recipient, none, provision['notice_sha256'])) -%}
    {%- endif -%}
    {%- do log('tokumei: dataset ' ~ dataset ~ ': ' ~ marts | length ~ ' marts of release ' ~ release['release'] ~ ' are in ' ~ folder, info=true) -%}
{%- endmacro %}
