{#- A value as JSON that may stand in a page as well: no <, > or & is in it. What is none is left out of a map. dbt's own
    tojson would turn every Japanese character into an escape. -#}
{% macro _json(value, indent='') -%}
    {%- set inner = indent ~ '  ' -%}
    {%- set parts = [] -%}
    {%- if value is mapping -%}
        {%- for key, entry in value.items() if entry is not none -%}
            {%- do parts.append(inner ~ tokumei._json_text(key) ~ ': ' ~ tokumei._json(entry, inner)) -%}
        {%- endfor -%}
        {{- return('{\n' ~ parts | join(',\n') ~ '\n' ~ indent ~ '}') -}}
    {%- elif value is string -%}
        {{- return(tokumei._json_text(value)) -}}
    {%- elif value is sequence -%}
        {%- for entry in value -%}{%- do parts.append(inner ~ tokumei._json(entry, inner)) -%}{%- endfor -%}
        {{- return('[\n' ~ parts | join(',\n') ~ '\n' ~ indent ~ ']') -}}
    {%- endif -%}
    {{- return(tojson(value)) -}}
{%- endmacro %}

{% macro _json_text(text) -%}
    {%- set escaped = namespace(text=tokumei._printable(text)) -%}
    {%- for plain, safe in [['\\', '\\\\'], ['"', '\\"'], ['\n', '\\n'], ['\t', '\\t'], ['<', '\\u003c'], ['>', '\\u003e'], ['&', '\\u0026'], ['\u2028', '\\u2028'], ['\u2029', '\\u2029']] -%}
        {%- set escaped.text = escaped.text | replace(plain, safe) -%}
    {%- endfor -%}
    {{- return('"' ~ escaped.text ~ '"') -}}
{%- endmacro %}
