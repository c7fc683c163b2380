{#- Runs audits one by one; returns a row for each finding, violations or not: [audit, column, violations, measured]. -#}
{% macro run_audits(names, policy, scene) -%}
    {%- set findings = [] -%}
    {%- for name in names -%}
        {%- set query = tokumei.audit_query(name, policy, scene) -%}
        {%- set rows = tokumei.answer_of(query).rows if query != tokumei._nothing_to_find() else [] -%}
        {%- if rows | length == 0 -%}
            {%- do findings.append([name, '', 0, none]) -%}
        {%- endif -%}
        {%- for row in rows -%}
            {%- set measured = row[2] | float if row[2] is not none else none -%}
            {%- do findings.append([name, row[0], row[1] | int, measured]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(findings) -}}
{%- endmacro %}

{#- Says which audits failed and how many violations there are, in which column; never a value. -#}
{% macro refuse_violations(policy, findings) -%}
    {%- set failed = [] -%}
    {%- for finding in findings if finding[2] > 0 -%}
        {%- do failed.append(
            'tokumei: ' ~ policy['mart'] ~ ('.' ~ finding[1] if finding[1] in (policy['columns'] | map(attribute='name') | list) else '')
            ~ ': ' ~ finding[0] ~ ' found ' ~ finding[2] ~ ' violations'
            ~ (' (' ~ finding[1] ~ ')' if finding[1] in ['subjects', 'records'] or ', ' in finding[1] or ': ' in finding[1] else '')
            ~ ('; measured ' ~ finding[3] | round(4) if finding[3] is not none else '') ~ '; see docs/audits/' ~ finding[0] ~ '.md'
        ) -%}
    {%- endfor -%}
    {%- if failed -%}
        {%- do exceptions.raise_compiler_error('\n' ~ failed | join('\n') ~ '\nThe release was refused: the mart shows what it showed before.') -%}
    {%- endif -%}
{%- endmacro %}
