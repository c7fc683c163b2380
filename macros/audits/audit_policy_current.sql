{#- The release was made by the policy as it stands now: slim CI does not notice a changed policy. -#}
{% macro audit_policy_current(policy, scene) -%}
    {{- return(tokumei._finding('', 0 if scene['fingerprint'] == tokumei.fingerprint(policy) else 1)) -}}
{%- endmacro %}
