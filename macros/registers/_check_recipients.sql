{#- A recipient's id becomes part of names of relations and files, and its role is that recipient's alone: what one
    recipient gets, no other may read. Engines fold case, so ids that differ in nothing else are one. -#}
{% macro _check_recipients(rows) -%}
    {%- set wrong = [] -%}
    {%- for column in ['recipient', 'role'] -%}
        {%- set seen = [] -%}
        {%- for row in rows if row[column] is not none -%}
            {%- if row[column] | lower in seen -%}
                {%- do wrong.append([row['row'], column, 'occurs twice', 'one recipient each']) -%}
            {%- endif -%}
            {%- do seen.append(row[column] | lower) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for row in rows -%}
        {%- if row['recipient'] is not none and not modules.re.fullmatch('[A-Za-z0-9_]{1,24}', row['recipient']) -%}
            {%- do wrong.append([row['row'], 'recipient', 'not a short id', '1 to 24 of A-Z, a-z, 0-9, _']) -%}
        {%- endif -%}
        {%- if (row['role'] or '') | lower == 'public' -%}
            {%- do wrong.append([row['row'], 'role', 'is everybody', 'a role of this recipient alone, or empty']) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(wrong) -}}
{%- endmacro %}
