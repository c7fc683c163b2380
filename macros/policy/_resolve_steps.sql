{#- `treat` of one column as a list of {name, arguments, whole_column}; problems go to `errors`. -#}
{% macro _resolve_steps(errors, policy, column, treat) -%}
    {%- set catalog = tokumei.step_catalog() -%}
    {%- set steps = [] -%}
    {%- set given = [treat] if treat is string or treat is mapping else treat -%}
    {%- if given is none or given is not sequence or (given | length) == 0 -%}
        {%- do tokumei._policy_error(errors, policy['mart'], column, 'treat is not a list of steps', treat, catalog) -%}
        {{- return(steps) -}}
    {%- endif -%}
    {%- for entry in given -%}
        {%- set single = entry is mapping and (entry | length) == 1 -%}
        {%- set name = entry if entry is string else ((entry | first) if single else none) -%}
        {%- if name is none or name not in catalog -%}
            {%- do tokumei._policy_error(errors, policy['mart'], column, 'unknown step', entry, catalog) -%}
        {%- else -%}
            {%- set value = entry[name] if single else {} -%}
            {%- set arguments = tokumei._resolve_arguments(errors, policy, column, name, value) -%}
            {%- do steps.append({'name': name, 'arguments': arguments, 'whole_column': catalog[name].get('whole_column', false)}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(steps) -}}
{%- endmacro %}

{% macro _resolve_arguments(errors, policy, column, name, given) -%}
    {%- set entry = tokumei.step_catalog()[name] -%}
    {%- set page = 'steps/' ~ name ~ '.md' -%}
    {%- if given is mapping -%}
        {%- set arguments = given -%}
    {%- elif given is none -%}
        {%- set arguments = {} -%}
    {%- elif entry.get('bare') -%}
        {%- set arguments = {entry['bare']: given} -%}
    {%- else -%}
        {%- do tokumei._policy_error(errors, policy['mart'], column, name ~ ' takes named arguments', given, entry['arguments'] or 'none', page) -%}
        {{- return({}) -}}
    {%- endif -%}
    {%- for argument, value in arguments.items() -%}
        {%- if argument not in entry['arguments'] -%}
            {%- do tokumei._policy_error(errors, policy['mart'], column, 'unknown argument of ' ~ name, argument, entry['arguments'] or 'none', page) -%}
        {%- else -%}
            {%- set allowed = tokumei._argument_problem(entry['arguments'][argument], value, policy) -%}
            {%- if allowed is not none -%}
                {%- do tokumei._policy_error(errors, policy['mart'], column, name ~ ': ' ~ argument, value, allowed, page) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for argument in entry.get('required', []) if argument not in arguments -%}
        {%- do tokumei._policy_error(errors, policy['mart'], column, name ~ ' needs ' ~ argument, 'nothing', none, page) -%}
    {%- endfor -%}
    {%- set choice = entry.get('one_of', []) -%}
    {%- if choice and (choice | select('in', arguments) | list | length) != 1 -%}
        {%- do tokumei._policy_error(errors, policy['mart'], column, name ~ ' needs exactly one of', arguments | list | join(', ') or 'nothing', choice, page) -%}
    {%- endif -%}
    {{- return(arguments) -}}
{%- endmacro %}
