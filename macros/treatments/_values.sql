{#- What a step receives and returns: an SQL expression and the type it is known to have:
    'integer', 'number', 'text', 'date', 'timestamp', or none where nobody has said. `number` or `date` is what stands
    behind a label, for the steps that follow. -#}
{% macro _value(sql, type, number=none, date=none) -%}
    {{- return({'sql': sql, 'type': type, 'number': number, 'date': date}) -}}
{%- endmacro %}

{#- A column of the source, read as `wanted`: text that holds dates or numbers is parsed once, in the stage `source`. -#}
{% macro _source_value(policy, column, wanted=none) -%}
    {%- set type = policy['source']['types'].get(column) -%}
    {%- if tokumei._must_parse(type, wanted) -%}
        {%- set parsed = {'degrees': 'number', 'folded': 'text'}.get(wanted, wanted) -%}
        {{- return(tokumei._value('source.' ~ tokumei.sql_identifier('tokumei_' ~ wanted ~ '_' ~ column), parsed)) -}}
    {%- endif -%}
    {%- set value = tokumei._value('source.' ~ tokumei.sql_identifier(column), type) -%}
    {%- do value.update({'as_it_is': true}) -%}
    {{- return(value) -}}
{%- endmacro %}

{% macro _must_parse(type, wanted) -%}
    {%- set readable = {'number': ['integer', 'number'], 'date': ['date', 'timestamp'], 'timestamp': ['date', 'timestamp']} -%}
    {{- return(wanted is not none and type not in readable.get(wanted, [])) -}}
{%- endmacro %}

{#- What a step reads its value as, if it is the first. -#}
{% macro _wanted(step) -%}
    {%- set arguments = step['arguments'] -%}
    {%- if step['name'] == 'truncate' -%}
        {{- return('timestamp' if arguments['unit'] == 'hour' else 'date') -}}
    {%- elif step['name'] == 'age' -%}
        {{- return('date') -}}
    {%- elif step['name'] in ['band', 'round', 'add_noise'] -%}
        {{- return('number') -}}
    {%- elif step['name'] == 'mesh' -%}
        {{- return('degrees') -}}
    {%- elif step['name'] in ['top_code', 'bottom_code'] -%}
        {{- return('number' if arguments['at'] is number else 'date') -}}
    {%- endif -%}
    {{- return(none) -}}
{%- endmacro %}

{#- The arguments of a step that may name columns of the source, and what these are read as. -#}
{% macro _column_arguments(step) -%}
    {{- return({
        'age': {'at': 'date'},
        'pseudonymize': {'of': 'date'},
        'mesh': {'lat': 'degrees', 'lon': 'degrees'},
    }.get(step['name'], {})) -}}
{%- endmacro %}

{#- Whether a first step compares words: the text is then folded once, in the stage `source`. -#}
{% macro _is_folded(step) -%}
    {{- return(step and step['name'] == 'categorize' and (step['arguments']['categories'] | selectattr('words', 'defined') | list | length) > 0) -}}
{%- endmacro %}

{#- Every (source column, what it is read as) of a column's steps: its own, and those its arguments name. -#}
{% macro _columns_read(policy, column) -%}
    {%- set first = column['steps'][0] if column['steps'] else none -%}
    {%- set read = [[column['from'], tokumei._wanted(first) if first else none]] -%}
    {%- if tokumei._is_folded(first) -%}
        {%- do read.append([column['from'], 'folded']) -%}
    {%- endif -%}
    {%- for step in column['steps'] -%}
        {%- for argument, wanted in tokumei._column_arguments(step).items() if step['arguments'].get(argument) in policy['source']['columns'] -%}
            {%- do read.append([step['arguments'][argument], wanted]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(read) -}}
{%- endmacro %}

{#- The family of a warehouse type. -#}
{% macro _type_family(data_type) -%}
    {%- set type = data_type | default('', true) | lower | trim -%}
    {%- if type.startswith('timestamp') or type.startswith('datetime') -%}
        {{- return('timestamp') -}}
    {%- elif type.startswith('date') -%}
        {{- return('date') -}}
    {%- elif modules.re.match('^(big|small|tiny|huge|u|ubig|usmall|utiny|uhuge)?int(eger|[0-9]+)?$', type) or type in ['long', 'serial', 'bigserial'] -%}
        {{- return('integer') -}}
    {%- elif modules.re.match('^(numeric|decimal|double|float|real)', type) -%}
        {{- return('number') -}}
    {%- elif modules.re.match('^(text|varchar|char|string|bpchar|name|uuid)', type) -%}
        {{- return('text') -}}
    {%- endif -%}
    {{- return(none) -}}
{%- endmacro %}
