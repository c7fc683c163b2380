{#- The release of each followed mart that this same run made: another's is under another key. -#}
{% macro _followed_releases(policy) -%}
    {%- set releases = {} -%}
    {%- for mart in policy['follows'] -%}
        {%- set made = tokumei.first_row('select count(*) from ' ~ tokumei.private_relation('releases_log') ~ ' where mart = ' ~ tokumei.sql_literal(mart['name']) ~ ' and invocation_id = ' ~ tokumei.sql_literal(invocation_id)) -%}
        {%- if made[0] == 0 -%}
            {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ ': ' ~ mart['name'] ~ ', which it follows, has no release of this run; see docs/releases.md') -%}
        {%- endif -%}
        {%- do releases.update({mart['name']: tokumei.private_relation(tokumei.release_identifier(mart['name']))}) -%}
    {%- endfor -%}
    {{- return(releases) -}}
{%- endmacro %}
