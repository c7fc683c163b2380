{#- 32 bytes nobody can guess, born in the engine: never in SQL text. -#}
{% macro sql_new_secret() -%}
    {{- return(adapter.dispatch('sql_new_secret', 'tokumei')()) -}}
{%- endmacro %}

{#- random() and uuid() repeat after setseed() on DuckDB, so the operating system gives the bytes
    (122 random bits a read). Where there is no /proc, the plugin in plugins/ does. -#}
{% macro duckdb__sql_new_secret() -%}
    {%- if var('tokumei_key_plugin', false) -%}
        {{- return('tokumei_random_bytes()') -}}
    {%- endif -%}
    {%- set source = "'/proc/sys/kernel/random/uuid'" -%}
    {{- return(
        "(select unhex(sha256(string_agg(drawn.content, ''))) from read_text(["
        ~ [source, source, source, source] | join(', ') ~ "]) as drawn)"
    ) -}}
{%- endmacro %}

{#- gen_random_uuid() uses the server's strong generator. -#}
{% macro postgres__sql_new_secret() -%}
    {%- set drawn = 'cast(gen_random_uuid() as text)' -%}
    {{- return(
        "sha256(convert_to(" ~ [drawn, drawn, drawn, drawn] | join(' || ') ~ ", 'UTF8'))"
    ) -}}
{%- endmacro %}

{#- uuid() and rand() take a seed; Java's randomUUID() is its strong generator. Spark keeps the call in its plans, never what
    it gave. -#}
{% macro spark__sql_new_secret() -%}
    {%- set drawn = "reflect('java.util.UUID', 'randomUUID')" -%}
    {{- return('unhex(sha2(cast(concat(' ~ [drawn, drawn, drawn, drawn] | join(', ') ~ ') as binary), 256))') -}}
{%- endmacro %}
