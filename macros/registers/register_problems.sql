{#- Everything wrong with a register, as texts; empty where there is no register. -#}
{% macro register_problems(name) -%}
    {{- return(tokumei._finding_texts(tokumei.register_findings(name))) -}}
{%- endmacro %}

{#- The same as dicts: register, row (none for the register as a whole), column, problem, allowed. Never a value. -#}
{% macro register_findings(name) -%}
    {{- return(tokumei._findings_in(name, tokumei._read_register(name))) -}}
{%- endmacro %}

{% macro _findings_in(name, read) -%}
    {%- if read['relation'] is none -%}
        {{- return([]) -}}
    {%- elif read['missing'] -%}
        {{- return(tokumei._missing_columns(name, read)) -}}
    {%- endif -%}
    {%- set wrong = [] -%}
    {%- set kinds = {'date': 'a day, YYYY-MM-DD', 'whole': 'a whole number', 'bool': 'true, false'} -%}
    {%- for number, column, kind in read['unreadable'] -%}
        {%- do wrong.append([number, column, 'cannot be read', kinds[kind]]) -%}
    {%- endfor -%}
    {%- for column, kind, required in tokumei.register_catalog()[name] if required -%}
        {%- for row in read['rows'] if row[column] is none and [row['row'], column, kind] not in read['unreadable'] -%}
            {%- do wrong.append([row['row'], column, 'is missing', none]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if name == 'publications' -%}
        {%- do wrong.extend(tokumei._check_publications(read['rows'])) -%}
    {%- elif name == 'recipients' -%}
        {%- do wrong.extend(tokumei._check_recipients(read['rows'])) -%}
    {%- elif name == 'provisions' -%}
        {%- do wrong.extend(tokumei._check_provisions(read['rows'])) -%}
    {%- elif name == 'responsibilities' -%}
        {%- do wrong.extend(tokumei._check_responsibilities(read['rows'])) -%}
    {%- else -%}
        {%- do wrong.extend(tokumei._check_received(read['rows'])) -%}
    {%- endif -%}
    {{- return(tokumei._as_findings(name, wrong)) -}}
{%- endmacro %}

{% macro _missing_columns(name, read) -%}
    {%- set wrong = [] -%}
    {%- for column in read['missing'] -%}
        {%- do wrong.append([none, column, 'the register has no such column', none]) -%}
    {%- endfor -%}
    {{- return(tokumei._as_findings(name, wrong)) -}}
{%- endmacro %}

{% macro _as_findings(name, wrong) -%}
    {%- set findings = [] -%}
    {%- for row, column, problem, allowed in wrong -%}
        {%- do findings.append({'register': name, 'row': row, 'column': column, 'problem': problem, 'allowed': allowed}) -%}
    {%- endfor -%}
    {{- return(findings) -}}
{%- endmacro %}

{% macro _finding_texts(findings) -%}
    {%- set texts = [] -%}
    {%- for finding in findings -%}
        {%- set row = '' if finding['row'] is none else 'row ' ~ finding['row'] ~ ': ' -%}
        {%- do tokumei._policy_error(texts, finding['register'], finding['column'], row ~ finding['problem'], none, finding['allowed'], 'registers.md') -%}
    {%- endfor -%}
    {{- return(texts) -}}
{%- endmacro %}

{#- The datasets that others made. -#}
{% macro _received_datasets() -%}
    {{- return(tokumei._read_register('received')['rows'] | map(attribute='dataset') | select('string') | unique | list) -}}
{%- endmacro %}
