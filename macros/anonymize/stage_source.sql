{#- The columns the mart takes, of the records `where` leaves (レコード削除), with what was parsed of them. A text that is
    parsed is brought into one form underneath, so that the parsing can be read. -#}
{% macro stage_source(policy, at) -%}
{%- set conditions = tokumei._where_conditions(policy, at) -%}
{%- set columns = [] -%}
{%- set written = [] -%}
{%- for column in tokumei._source_columns(policy) -%}
    {%- if column['wanted'] is none -%}
        {%- do columns.append(tokumei._origin_column(policy, column['name'])) -%}
    {%- else -%}
        {%- do columns.append(tokumei._parse(policy, column['of'], column['wanted']) ~ ' as ' ~ tokumei.sql_identifier(column['name'])) -%}
        {%- if tokumei._is_written(policy, column['of'], column['wanted']) -%}{%- do written.append(column['of']) -%}{%- endif -%}
    {%- endif -%}
{%- endfor -%}
{%- if at.get('numbering', 'none') != 'none' -%}
    {%- do columns.append(('1' if at['numbering'] == 'one' else 'origin.tokumei_record') ~ ' as tokumei_record') -%}
{%- endif -%}
{%- if 'numbering' in at -%}{%- do columns.extend(tokumei._noise_draws(policy, at)) -%}{%- endif -%}
select
    {{ tokumei._lines(columns) }}
from {{ tokumei._as(tokumei._with_written('numbered' if at.get('numbering') == 'window' else at['origin'], written | unique | list), 'origin') }}
{%- if conditions %}
where {{ conditions | join('\n    and ') }}
{%- endif -%}
{%- endmacro %}

{#- What the stage `source` holds of the source: columns as they are, then as they were read. `of` is the column either came
    from. -#}
{% macro _source_columns(policy) -%}
    {%- set read = [[policy['subject'], none]] -%}
    {%- for column in policy['columns'] -%}
        {%- do read.extend(tokumei._columns_read(policy, column)) -%}
    {%- endfor -%}
    {%- if policy.get('hide_places') -%}
        {%- do read.extend(tokumei._places_read(policy)) -%}
    {%- endif -%}
    {%- set columns = [] -%}
    {%- for name in read | map(attribute=0) | unique -%}
        {%- do columns.append({'name': name, 'of': name, 'wanted': none}) -%}
    {%- endfor -%}
    {%- set parsed = [] -%}
    {%- for name, wanted in read if tokumei._must_parse(policy['source']['types'].get(name), wanted) and [name, wanted] not in parsed -%}
        {%- do parsed.append([name, wanted]) -%}
        {%- do columns.append({'name': 'tokumei_' ~ wanted ~ '_' ~ name, 'of': name, 'wanted': wanted}) -%}
    {%- endfor -%}
    {{- return(columns) -}}
{%- endmacro %}

{#- Whether a column is parsed from its text. -#}
{% macro _is_written(policy, column, wanted) -%}
    {%- set numeric = policy['source']['types'].get(column) in ['integer', 'number'] -%}
    {{- return(wanted in ['number', 'date', 'timestamp'] or wanted == 'degrees' and not numeric) -}}
{%- endmacro %}

{#- A column as the source has it, each value in one form; the subject as it is. -#}
{% macro _origin_column(policy, name) -%}
    {%- set column = 'origin.' ~ tokumei.sql_identifier(name) -%}
    {%- set data_type = policy['source'].get('data_types', {}).get(name) -%}
    {%- set one = tokumei.sql_one_form(column, data_type) if data_type and name != policy['subject'] else column -%}
    {{- return(column if one == column else one ~ ' as ' ~ tokumei.sql_identifier(name)) -}}
{%- endmacro %}

{% macro _with_written(origin, names) -%}
    {%- if not names -%}
        {{- return(origin) -}}
    {%- endif -%}
    {%- set columns = ['origin.*'] -%}
    {%- for name in names -%}
        {%- set value = tokumei._value('origin.' ~ tokumei.sql_identifier(name), 'text') -%}
        {%- do columns.append(tokumei._written(value) ~ ' as ' ~ tokumei.sql_identifier('tokumei_text_' ~ name)) -%}
    {%- endfor -%}
    {{- return(tokumei._inline('select\n    ' ~ tokumei._lines(columns) ~ '\nfrom ' ~ tokumei._as(origin, 'origin'))) -}}
{%- endmacro %}

{% macro _parse(policy, column, wanted) -%}
    {%- set value = tokumei._value('origin.' ~ tokumei.sql_identifier(column), policy['source']['types'].get(column)) -%}
    {%- if tokumei._is_written(policy, column, wanted) -%}
        {%- do value.update({'written': 'origin.' ~ tokumei.sql_identifier('tokumei_text_' ~ column)}) -%}
    {%- endif -%}
    {%- if wanted == 'number' -%}
        {{- return(tokumei._as_number(value)) -}}
    {%- elif wanted == 'degrees' -%}
        {{- return(tokumei._as_decimal(value, 'decimal(18, 10)')) -}}
    {%- elif wanted == 'folded' -%}
        {{- return(tokumei.sql_fold(tokumei._canonical_text(value))) -}}
    {%- elif wanted == 'date' -%}
        {{- return(tokumei._as_date(value)) -}}
    {%- endif -%}
    {{- return(tokumei._as_timestamp(value)) -}}
{%- endmacro %}
