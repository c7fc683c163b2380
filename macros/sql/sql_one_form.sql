{#- A value in the only form it is shown in. What an engine takes for equal and writes in two ways (0 and -0; in PostgreSQL
    1.0 and 1.00; intervals, documents, arrays) would form one class and yet be told apart in it. -#}
{% macro sql_one_form(expression, data_type) -%}
    {{- return(adapter.dispatch('sql_one_form', 'tokumei')(expression, data_type | lower | trim)) -}}
{%- endmacro %}

{% macro default__sql_one_form(expression, data_type) -%}
    {%- if modules.re.match('(double|float|real)', data_type) -%}
        {{- return('(' ~ expression ~ ' + 0)') -}}
    {%- elif not modules.re.match('(big|small|tiny|huge|u|ubig|usmall|utiny|uhuge)?int(eger|[0-9]+)?$|(long|serial|bigserial|bool|boolean|uuid|numeric|decimal)$|(numeric|decimal|date|time|text|string|varchar|char)[^\\[\\]]*$', data_type) -%}
        {{- return(tokumei.sql_text(expression)) -}}
    {%- endif -%}
    {{- return(expression) -}}
{%- endmacro %}

{% macro postgres__sql_one_form(expression, data_type) -%}
    {{- return('trim_scale(' ~ expression ~ ')' if data_type in ['numeric', 'decimal'] else tokumei.default__sql_one_form(expression, data_type)) -}}
{%- endmacro %}
