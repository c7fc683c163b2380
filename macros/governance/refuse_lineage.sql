{#- Before anything is built or tested, whatever is selected: a violation anywhere in the project stops the run. -#}
{% macro refuse_lineage() -%}
    {%- if execute and flags.WHICH in ['run', 'build', 'retry', 'test', 'snapshot'] -%}
        {%- set walk = tokumei._walk_lineage() -%}
        {%- do tokumei._raise_together(tokumei.judge_lineage(walk)['errors'] + tokumei.held_readers(walk)) -%}
    {%- endif -%}
{%- endmacro %}

{#- Run-operation: the register of exceptions as it stands, and every violation. -#}
{% macro lineage() -%}
    {%- set judged = tokumei.judge_lineage(tokumei._walk_lineage()) -%}
    {%- for finding in judged['excused'] -%}
        {%- set exception = finding['exception'] -%}
        {%- do print(
            finding['name'] ~ ': ' ~ finding['problems'] | join('; ') ~ '; ' ~ finding['paths'] | join(', ') ~ '; reason: ' ~ exception['reason']
            ~ '; approved by: ' ~ exception['approved_by'] ~ '; expires: ' ~ (exception.get('expires_on') or 'never')
        ) -%}
    {%- endfor -%}
    {%- do tokumei._raise_together(judged['errors']) -%}
    {%- do print('tokumei: lineage: ' ~ judged['excused'] | length ~ ' exceptions, 0 violations') -%}
{%- endmacro %}
