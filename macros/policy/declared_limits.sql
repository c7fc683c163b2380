{#- The limits that a policy declares beyond k and max_suppression, as [name, what, value]: `what` is the column or the mart
    it is about. Logged with a release, because a policy can change. -#}
{% macro declared_limits(policy) -%}
    {%- set limits = [] -%}
    {%- for key in ['l', 't'] -%}
        {%- for column, model in (policy.get(key) or {}).items() -%}
            {%- do limits.append([key ~ '.' ~ model['kind'], column, model[key]]) -%}
            {%- if 'c' in model -%}{%- do limits.append([key ~ '.' ~ model['kind'] ~ '_c', column, model['c']]) -%}{%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if policy.get('history') -%}
        {%- for name, value in policy['history'].items() if value is number -%}{%- do limits.append(['history.' ~ name, '', value]) -%}{%- endfor -%}
    {%- endif -%}
    {%- for attack, limited in (policy.get('attacks') or {}).items() if limited is mapping -%}
        {%- for name, value in limited.items() -%}
            {%- if value is number and value is not boolean -%}
                {%- do limits.append([attack ~ '.' ~ name, '', value]) -%}
            {%- elif value is mapping -%}
                {%- for inner, limit in value.items() if limit is number and limit is not boolean -%}
                    {%- do limits.append([attack ~ '.' ~ inner, name, limit]) -%}
                {%- endfor -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(limits) -}}
{%- endmacro %}
