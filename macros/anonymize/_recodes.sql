{#- A recode replaces values of a column by how many subjects hold them: a suppressed pool, labels of a hierarchy, groups.
    Its relation has key_1, key_2 … (the values joined on), shown_1, shown_2 … (what stands for each of its columns) and
    changed. `least` is how many distinct values one shown value must stand for, `threshold` how many subjects. -#}
{% macro _add_recode(recodes, policy, column, steps) -%}
    {%- set name = column['name'] -%}
    {%- if name not in tokumei._recoded_columns(recodes) -%}
        {%- set recode = {'kind': none, 'name': name, 'columns': [name], 'keys': [name], 'threshold': policy['k'], 'least': 2} -%}
        {%- for step in steps -%}
            {%- set asked = tokumei['step_' ~ step['name']](step['arguments'], policy, column) -%}
            {%- set threshold = [recode['threshold'], asked.get('threshold', 0)] | max -%}
            {%- do recode.update(asked) -%}
            {%- do recode.update({'threshold': threshold}) -%}
        {%- endfor -%}
        {%- do recodes.append(recode) -%}
    {%- endif -%}
{%- endmacro %}

{% macro _recoded_columns(recodes) -%}
    {%- set names = [] -%}
    {%- for recode in recodes -%}{%- do names.extend(recode['columns']) -%}{%- endfor -%}
    {{- return(names) -}}
{%- endmacro %}

{#- What the relation of a recode is called in the compiled query. -#}
{% macro _recode_name(recode) -%}
    {{- return(tokumei.sql_identifier(recode['kind'] ~ '_' ~ recode['name'])) -}}
{%- endmacro %}

{#- Keeps the relation of a recode on what is alive. -#}
{% macro _store_recode(facts, policy, stage, recode, at, shape, combinations, unique) -%}
    {%- if recode['kind'] == 'group' -%}
        {{- return(tokumei.store_groups(facts, policy, stage, recode, at, shape, combinations, unique)) -}}
    {%- elif recode['kind'] == 'local' -%}
        {{- return(at['recodes'].get(recode['name']) or tokumei.store_local(facts, policy, stage, recode, at, combinations, unique)) -}}
    {%- endif -%}
    {{- return(tokumei._store(facts, policy['mart'], stage, tokumei.stage_recode(recode, policy, at, combinations, unique))) -}}
{%- endmacro %}

{#- The query of a recode on what is alive. -#}
{% macro stage_recode(recode, policy, at, combinations, unique) -%}
    {%- if recode['kind'] == 'pool' -%}
        {{- return(tokumei.stage_pool(recode, at, combinations, unique)) -}}
    {%- endif -%}
    {{- return(tokumei.stage_climb(recode, at, combinations, unique)) -}}
{%- endmacro %}

{#- Local recoding as a recode of its columns together. What it does not take stays as it is: its classes lie within. -#}
{% macro _local_recode(policy) -%}
    {%- set given = policy.get('recode') -%}
    {%- if not given -%}
        {{- return([]) -}}
    {%- endif -%}
    {%- set quasi = policy['columns'] | selectattr('quasi_identifier') | map(attribute='name') | list -%}
    {{- return([{
        'kind': 'local', 'name': given['columns'][0], 'columns': given['columns'],
        'keys': given['columns'] + quasi | reject('in', given['columns']) | list,
        'method': given['method'], 'means': given['means'], 'threshold': policy['k'], 'least': 1,
    }]) -}}
{%- endmacro %}
