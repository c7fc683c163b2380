{#- Files a warehouse writes itself. -#}
{% macro sql_can_export() -%}
    {{- return(adapter.dispatch('sql_can_export', 'tokumei')()) -}}
{%- endmacro %}

{% macro default__sql_can_export() -%}
    {{- return(false) -}}
{%- endmacro %}

{% macro duckdb__sql_can_export() -%}
    {{- return(true) -}}
{%- endmacro %}

{#- A query as Parquet and as CSV: the same rows in the same order. Returns its entry of the manifest. -#}
{% macro sql_export_mart(folder, mart, shown, query) -%}
    {{- return(adapter.dispatch('sql_export_mart', 'tokumei')(folder, mart, shown, query)) -}}
{%- endmacro %}

{% macro default__sql_export_mart(folder, mart, shown, query) -%}
    {%- do exceptions.raise_compiler_error('tokumei: ' ~ mart ~ ': export: this engine writes no files; see docs/provision.md') -%}
{%- endmacro %}

{% macro duckdb__sql_export_mart(folder, mart, shown, query) -%}
    {%- set stage = 'temp.' ~ tokumei.sql_identifier('tokumei_export_' ~ local_md5(mart)[:8]) -%}
    {%- do run_query('create or replace temp table ' ~ stage.split('.')[1] ~ ' as\n' ~ query) -%}
    {%- set files = [] -%}
    {%- for format, options in {'parquet': 'format parquet', 'csv': 'format csv, header true'}.items() -%}
        {%- set path = tokumei.sql_literal(folder ~ '/' ~ mart ~ '.' ~ format) -%}
        {%- do run_query('copy ' ~ stage ~ ' to ' ~ path ~ ' (' ~ options ~ ')') -%}
        {%- set row = run_query('select sha256(file.content), file.size from read_blob(' ~ path ~ ') as file').rows[0] -%}
        {%- do files.append({'file': mart ~ '.' ~ format, 'bytes': row[1] | int, 'sha256': row[0]}) -%}
    {%- endfor -%}
    {%- set rows = run_query('select count(*) from ' ~ stage).rows[0][0] | int -%}
    {%- do run_query('drop table ' ~ stage) -%}
    {%- set items = [] -%}
    {%- for column in shown -%}
        {%- do items.append({'column': column['name'], 'ja': column['ja'], 'en': column['en']}) -%}
    {%- endfor -%}
    {{- return({'mart': mart, 'rows': rows, 'items': items, 'files': files}) -}}
{%- endmacro %}

{#- A dict as a file of JSON. -#}
{% macro sql_export_json(path, content) -%}
    {{- return(adapter.dispatch('sql_export_json', 'tokumei')(path, content)) -}}
{%- endmacro %}

{% macro default__sql_export_json(path, content) -%}
    {%- do exceptions.raise_compiler_error('tokumei: export: this engine writes no files; see docs/provision.md') -%}
{%- endmacro %}

{% macro duckdb__sql_export_json(path, content) -%}
    {%- set fields = [] -%}
    {%- for name, value in content.items() -%}
        {%- do fields.append('cast(' ~ tokumei.sql_literal(tojson(value)) ~ ' as json) as ' ~ tokumei.sql_identifier(name)) -%}
    {%- endfor -%}
    {%- do run_query('copy (select ' ~ fields | join(', ') ~ ') to ' ~ tokumei.sql_literal(path) ~ ' (format json)') -%}
{%- endmacro %}
