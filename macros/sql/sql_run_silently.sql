{#- Runs a statement; if it fails, `refused` is said instead of the engine's own message. Returns dbt's response and an
    empty table. -#}
{% macro sql_run_silently(sql, refused) -%}
    {{- return(adapter.dispatch('sql_run_silently', 'tokumei')(sql, refused)) -}}
{%- endmacro %}

{% macro default__sql_run_silently(sql, refused) -%}
    {{- return(try_or_compiler_error(refused, adapter.execute, sql, auto_begin=true, fetch=true)) -}}
{%- endmacro %}

{#- The message would be in the server's log and in dbt's: the error is caught in the server. -#}
{% macro postgres__sql_run_silently(sql, refused) -%}
    {{- return(adapter.execute(tokumei._caught(sql, refused), auto_begin=true, fetch=true)) -}}
{%- endmacro %}

{#- The same of a query: its rows. -#}
{% macro sql_ask_silently(sql, refused) -%}
    {{- return(adapter.dispatch('sql_ask_silently', 'tokumei')(sql, refused)) -}}
{%- endmacro %}

{% macro default__sql_ask_silently(sql, refused) -%}
    {{- return(tokumei.default__sql_run_silently(sql, refused)[1]) -}}
{%- endmacro %}

{#- What a query finds (counts, names of columns) is put into a table first, where a build has a place for it. -#}
{% macro postgres__sql_ask_silently(sql, refused) -%}
    {%- set node = model if model is mapping else {} -%}
    {%- if (node.get('config') or {}).get('materialized') != 'anonymized' -%}
        {{- return(tokumei.default__sql_ask_silently(sql, refused)) -}}
    {%- endif -%}
    {%- set answer = tokumei.private_relation('answer_' ~ local_md5(invocation_id ~ node['unique_id'])[:12]) -%}
    {%- do adapter.execute(tokumei._caught('create unlogged table ' ~ answer ~ ' as\n' ~ sql, refused), auto_begin=true) -%}
    {%- set found = adapter.execute('select * from ' ~ answer, fetch=true) -%}
    {%- do adapter.execute('drop table ' ~ answer) -%}
    {{- return(found[1]) -}}
{%- endmacro %}

{#- Errors of these classes name relations, roles and limits, never a value: connections, transactions, privileges,
    syntax, resources, state. -#}
{% macro _caught(sql, refused) -%}
    {%- set mark = local_md5(sql) -%}
    {%- set known = ['08', '0A', '25', '28', '2B', '40', '42', '53', '54', '55', '57', '58'] -%}
    {{- return(
        'do $tokumei_' ~ mark ~ '$\nbegin\nexecute $statement_' ~ mark ~ '$\n' ~ sql ~ '\n$statement_' ~ mark
        ~ '$;\nexception when others or assert_failure then\n    raise exception using errcode = sqlstate, message = case when left(sqlstate, 2) in (\''
        ~ known | join("', '") ~ "') then 'tokumei: the engine refused a statement: ' || sqlerrm else " ~ tokumei.sql_literal(refused) ~ " || '; got SQLSTATE ' || sqlstate end;\nend\n$tokumei_" ~ mark ~ '$'
    ) -}}
{%- endmacro %}

{#- A table is registered before it is filled: what a run that died began to write is found, and dropped with its files. -#}
{% macro spark__sql_run_silently(sql, refused) -%}
    {%- set made = modules.re.match('create table (`(?:[^`]|``)*`[.]`(?:[^`]|``)*`) as\\n', sql) -%}
    {%- if not made -%}
        {{- return(tokumei.default__sql_run_silently(sql, refused)) -}}
    {%- endif -%}
    {%- set query, tables = tokumei._spark_hoisted(sql[made.end():], refused) if '/* once */' in sql else [sql[made.end():], []] -%}
    {%- do tokumei.default__sql_run_silently('create table ' ~ made.group(1) ~ ' as\nselect * from (\n' ~ query ~ '\n) as empty where false', refused) -%}
    {%- set answer = tokumei.default__sql_run_silently('insert into ' ~ made.group(1) ~ '\n' ~ query, refused) -%}
    {%- for table in tables -%}
        {%- do tokumei.default__sql_run_silently('drop table ' ~ table, refused) -%}
    {%- endfor -%}
    {{- return(answer) -}}
{%- endmacro %}

{% macro spark__sql_ask_silently(sql, refused) -%}
    {%- if '/* once */' not in sql -%}
        {{- return(tokumei.default__sql_ask_silently(sql, refused)) -}}
    {%- endif -%}
    {%- set query, tables = tokumei._spark_hoisted(sql, refused) -%}
    {%- set found = tokumei.default__sql_ask_silently(query, refused) -%}
    {%- for table in tables -%}
        {%- do tokumei.sql_run_silently('drop table ' ~ table, refused) -%}
    {%- endfor -%}
    {{- return(found) -}}
{%- endmacro %}
