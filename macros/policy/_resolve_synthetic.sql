{#- 疑似データ生成: a share of the subjects, drawn from the marginals or within classes. In marts that can be joined, whoever is
    in one only would be known as synthetic, or as real. -#}
{% macro _resolve_synthetic(errors, policy, meta) -%}
    {%- set given = meta.get('synthetic_share') -%}
    {%- set sound = given is mapping and (given | list | sort) == ['from', 'share'] and given['from'] in ['marginals', 'classes']
        and given['share'] is number and given['share'] is not boolean and 0 < given['share'] <= 1 -%}
    {%- do policy.update({'synthetic_share': given if sound else none}) -%}
    {%- if given is not none and not sound -%}
        {%- do tokumei._policy_error(errors, policy['mart'], none, 'synthetic_share', given, '{share: above 0, up to 1, from: marginals or classes}', 'steps/synthetic_share.md') -%}
    {%- elif given is not none -%}
        {%- if policy['follows'] or tokumei._is_followed(policy) -%}
            {%- do tokumei._policy_error(errors, policy['mart'], none, 'synthetic_share: marts that are joined would tell synthetic subjects apart', 'members_of', 'a mart that neither follows nor is followed', 'steps/synthetic_share.md') -%}
        {%- endif -%}
        {%- for column in policy['columns'] if column['pseudonym'] and (column['from'] != policy['subject'] or (column['steps'] | first)['arguments'].get('per')) -%}
            {%- do tokumei._policy_error(errors, policy['mart'], column['name'], 'synthetic_share: no such pseudonym can be made up', column['steps'] | map(attribute='name') | join(', '), 'the pseudonym of the subject, without per', 'steps/synthetic_share.md') -%}
        {%- endfor -%}
        {%- if policy['columns'] | rejectattr('pseudonym') | list | length == 0 -%}
            {%- do tokumei._policy_error(errors, policy['mart'], none, 'synthetic_share: there is nothing to draw', 'pseudonyms only', none, 'steps/synthetic_share.md') -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{% macro _is_followed(policy) -%}
    {%- for node in tokumei.marts_of(policy['dataset']) if tokumei._meta_of(node).get('members_of') == policy['mart'] -%}
        {{- return(true) -}}
    {%- endfor -%}
    {{- return(false) -}}
{%- endmacro %}
