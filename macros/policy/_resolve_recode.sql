{#- Local recoding of the quasi-identifiers: stepwise, or by Mondrian along some of them. -#}
{% macro _resolve_recode(errors, policy, given) -%}
    {%- set mart = policy['mart'] -%}
    {%- set names = policy['columns'] | selectattr('quasi_identifier') | map(attribute='name') | list -%}
    {%- do policy.update({'recode': none}) -%}
    {%- if given == 'stepwise' -%}
        {%- do policy.update({'recode': {'method': 'stepwise', 'columns': names, 'means': []}}) -%}
    {%- elif given is mapping and 'mondrian' in given and given | list | reject('in', ['mondrian', 'means']) | list | length == 0 and tokumei._are_names(given['mondrian'], names) and tokumei._are_names(given.get('means', given['mondrian']), given['mondrian']) -%}
        {%- do policy.update({'recode': {'method': 'mondrian', 'columns': names | select('in', given['mondrian']) | list, 'means': given.get('means', [])}}) -%}
    {%- elif given is not none -%}
        {%- do tokumei._policy_error(errors, mart, none, 'recode', given, 'stepwise; {mondrian: [quasi-identifiers of the mart], means: [those of them that show a mean]}', 'steps/recode.md') -%}
    {%- endif -%}
    {%- if policy['recode'] -%}
        {%- if not names -%}
            {%- do tokumei._policy_error(errors, mart, none, 'recode: the mart has no quasi-identifier', 'stepwise', none, 'steps/recode.md') -%}
        {%- endif -%}
        {%- for column in policy['columns'] if column['name'] in policy['recode']['columns'] -%}
            {%- do column.update({'recoded': 'mean' if column['name'] in policy['recode']['means'] else 'label'}) -%}
            {%- for step in column['steps'] if step['whole_column'] -%}
                {%- do tokumei._policy_error(errors, mart, column['name'], 'recode takes the column together with others: no other step looks at the whole column', step['name'], 'steps that look at one value', 'steps/recode.md') -%}
            {%- endfor -%}
            {%- if column['recoded'] == 'mean' and tokumei._ladder_above(policy, column) -%}
                {%- do tokumei._policy_error(errors, mart, column['name'], 'recode: labels have no mean', 'means', 'numbers and dates without a ladder', 'steps/recode.md') -%}
            {%- endif -%}
        {%- endfor -%}
        {%- do tokumei._check_lattice(errors, policy) -%}
    {%- endif -%}
{%- endmacro %}

{#- One or more of `allowed`, each once. -#}
{% macro _are_names(given, allowed) -%}
    {{- return(
        given is sequence and given is not string and given is not mapping and given | length > 0
        and given | reject('in', allowed) | list | length == 0 and given | unique | list | length == given | length
    ) -}}
{%- endmacro %}

{#- Stepwise looks at every generalization: of a million there would be no end. Asked again where the levels are seen. -#}
{% macro _check_lattice(errors, policy) -%}
    {%- set size = namespace(nodes=1) -%}
    {%- for column in policy['columns'] if column['name'] in policy['recode']['columns'] -%}
        {%- if 'levels_found' in policy and (column.get('ladder') or {}).get('hierarchy') and not tokumei._levels_of_ladder(policy, column['ladder']) -%}
            {%- do tokumei._policy_error(errors, policy['mart'], column['name'], 'recode: ladder: the hierarchy has no levels', 'nothing', 'columns beside value, from fine to coarse', 'steps/recode.md') -%}
        {%- endif -%}
        {%- set size.nodes = size.nodes * ((tokumei._ladder_above(policy, column) or {'levels': []})['levels'] | length + 2) -%}
    {%- endfor -%}
    {%- if policy['recode']['method'] == 'stepwise' and size.nodes > 1000000 -%}
        {%- do tokumei._policy_error(errors, policy['mart'], none, 'recode: stepwise: the product of the levels', size.nodes, 'at most 1000000: fewer levels, or mondrian', 'steps/recode.md') -%}
    {%- endif -%}
{%- endmacro %}
