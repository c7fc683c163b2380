{% macro create_logs() -%}
    {%- set found = tokumei._log_columns() -%}
    {%- set statements = [] -%}
    {%- for name, columns in tokumei.log_tables().items() -%}
        {%- set log = tokumei.private_relation(name) -%}
        {%- set definitions = [] -%}
        {%- for column in columns -%}
            {%- do definitions.append(tokumei.sql_identifier(column[0]) ~ ' ' ~ tokumei.sql_type(column[1])) -%}
            {%- if name in found and column[2] is defined and column[0] not in found[name] -%}
                {%- do statements.append('alter table ' ~ log ~ ' add column ' ~ definitions[-1]) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if name not in found -%}
            {%- do statements.append('create table if not exists ' ~ log ~ ' (' ~ definitions | join(', ') ~ ')') -%}
        {%- endif -%}
        {%- do statements.extend(tokumei.sql_grant_statements(log, {})) -%}
    {%- endfor -%}
    {%- if statements -%}
        {%- do tokumei.sql_run_batch(statements) -%}
    {%- endif -%}
{%- endmacro %}

{#- log → its columns, of the logs that are there. Looked up first: adding a column that is there would still wait for every
    run that reads the log. -#}
{% macro _log_columns() -%}
    {%- set found = {} -%}
    {%- for name, columns in tokumei.sql_private_columns().items() if name in tokumei.log_tables() -%}
        {%- do found.update({name: columns}) -%}
    {%- endfor -%}
    {{- return(found) -}}
{%- endmacro %}

{#- Rows, as one insert; values are SQL literals by position. -#}
{% macro log_rows(name, rows) -%}
    {%- set written = [] -%}
    {%- for row in rows -%}
        {%- set literals = [] -%}
        {%- for value in row -%}
            {%- do literals.append(tokumei.sql_literal(value)) -%}
        {%- endfor -%}
        {%- do written.append('(' ~ literals | join(', ') ~ ')') -%}
    {%- endfor -%}
    {{- return(tokumei.sql_insert(tokumei.private_relation(name), written, tokumei.log_tables()[name] | map(attribute=1) | list)) -}}
{%- endmacro %}

{% macro log_row(name, values) -%}
    {{- return(tokumei.log_rows(name, [values])) -}}
{%- endmacro %}

{#- UTC, to the microsecond. -#}
{% macro utc_now() -%}
    {{- return(modules.datetime.datetime.now(modules.pytz.utc).strftime('%Y-%m-%d %H:%M:%S.%f')) -}}
{%- endmacro %}

{% macro log_key(dataset, event) -%}
    {%- set role = run_query('select current_user').columns[0].values()[0] -%}
    {%- do run_query(tokumei.log_row('keys_log', [dataset, invocation_id, event, role, tokumei.utc_now()])) -%}
{%- endmacro %}

{#- With the key of this run went those of runs of the dataset that died before it: one place holds one key. -#}
{% macro log_keys_destroyed(dataset) -%}
    {%- do run_query(tokumei.log_keys_destroyed_statement(dataset)) -%}
{%- endmacro %}

{% macro log_keys_destroyed_statement(dataset) -%}
    {%- set log = tokumei.private_relation('keys_log') -%}
    {{- return(
        'insert into ' ~ log ~ " select taken.dataset, taken.invocation_id, 'destroyed', current_user, "
        ~ 'cast(' ~ tokumei.sql_literal(tokumei.utc_now()) ~ ' as ' ~ tokumei.sql_type('timestamp') ~ ') from ' ~ log ~ " as taken where taken.event = 'taken'"
        ~ ' and taken.dataset = ' ~ tokumei.sql_literal(dataset) ~ ' and not exists (select 1 from ' ~ log ~ ' as gone'
        ~ " where gone.event = 'destroyed' and gone.dataset = taken.dataset and gone.invocation_id = taken.invocation_id)"
    ) -}}
{%- endmacro %}
