{#- The marts whose pseudonyms this one shares, nearest first: what an attacker can join. -#}
{% macro _resolve_follows(errors, policy, node, marts, meta) -%}
    {%- set declared = meta.get('members_of') -%}
    {%- set passed = marts | map(attribute='name') | list -%}
    {%- if declared is none and passed or declared is not none and passed != [declared] -%}
        {%- do tokumei._policy_error(errors, policy['mart'], none, 'members_of in the policy and anonymize(members_of=ref(…)) name the same mart', 'policy: ' ~ (declared or 'nothing') ~ ', SQL: ' ~ (passed | join(', ') or 'nothing'), none, 'policy.md') -%}
    {%- endif -%}
    {%- set follows = [] -%}
    {%- for mart in marts[:1] -%}
        {%- set followed = tokumei._resolve_mart(mart) -%}
        {%- do follows.append({
            'name': mart['name'],
            'unique_id': mart['unique_id'],
            'quasi_identifiers': followed['columns'] | selectattr('quasi_identifier') | map(attribute='name') | list,
            'token': followed['token'],
        }) -%}
        {%- do follows.extend(followed['follows']) -%}
        {%- if followed['dataset'] != policy['dataset'] -%}
            {%- do tokumei._policy_error(errors, policy['mart'], none, 'a mart follows one of its own dataset', followed['dataset'], policy['dataset']) -%}
        {%- endif -%}
        {%- if followed['scope'] == 'own' or policy['scope'] == 'own' -%}
            {%- do tokumei._policy_error(errors, policy['mart'], none, 'scope: own and members_of exclude each other', 'scope: own', none) -%}
        {%- endif -%}
        {%- if followed['history'] is not none -%}
            {%- do tokumei._policy_error(errors, policy['mart'], none, 'the followed mart has one record per subject', mart['name'] ~ ', which has histories', 'follow a mart without history, or scope: own') -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(follows) -}}
{%- endmacro %}
