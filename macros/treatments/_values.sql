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
        {{- return(tokumei._value('source.' ~ tokumei.sql_identifier('tokumei_' ~ wanted ~ '_' ~ column), wanted)) -}}
    {%- endif -%}
    {{- return(tokumei._value('source.' ~ tokumei.sql_identifier(column), type)) -}}
{%- endmacro %}

{% macro _must_parse(type, wanted) -%}
    {%- set readable = {'number': ['integer', 'number'], 'date': ['date', 'timestamp'], 'timestamp': ['date', 'timestamp']} -%}
    {{- return(wanted is not none and type not in readable[wanted]) -}}
{%- endmacro %}

{#- What the first step of a column reads its source column as. -#}
{% macro _wanted(step) -%}
    {%- set arguments = step['arguments'] -%}
    {%- if step['name'] == 'truncate' -%}
        {{- return('timestamp' if arguments['unit'] == 'hour' else 'date') -}}
    {%- elif step['name'] == 'age' -%}
        {{- return('date') -}}
    {%- elif step['name'] in ['band', 'round', 'add_noise'] -%}
        {{- return('number') -}}
    {%- elif step['name'] in ['top_code', 'bottom_code'] -%}
        {{- return('number' if arguments['at'] is number else 'date') -}}
    {%- endif -%}
    {{- return(none) -}}
{%- endmacro %}

{#- Every (source column, wanted type) that the treatments of a mart parse. -#}
{% macro _parsed_columns(policy) -%}
    {%- set pairs = [] -%}
    {%- for column in policy['columns'] if column['steps'] -%}
        {%- do pairs.append([column['from'], tokumei._wanted(column['steps'][0])]) -%}
        {%- for step in column['steps'] -%}
            {%- for argument in [step['arguments'].get('of'), step['arguments'].get('at')] if argument in policy['source']['columns'] -%}
                {%- do pairs.append([argument, 'date']) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set parsed = [] -%}
    {%- for pair in pairs if tokumei._must_parse(policy['source']['types'].get(pair[0]), pair[1]) and pair not in parsed -%}
        {%- do parsed.append(pair) -%}
    {%- endfor -%}
    {{- return(parsed) -}}
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
