{#- HMAC-SHA-256 under the dataset's key of this invocation. The message is a list of netstrings (length, colon, bytes,
    comma): purpose, scope, constants, then the given SQL texts; null where one of them is null. -#}
{% macro keyed_hash(policy, purpose, constants, parts) -%}
    {%- set scope = policy['mart'] if policy['scope'] == 'own' else '' -%}
    {%- set fixed = [] -%}
    {%- for constant in [purpose, scope] + constants -%}
        {%- do fixed.append((constant.encode('utf-8') | length) ~ ':' ~ constant ~ ',') -%}
    {%- endfor -%}
    {%- set message = [tokumei.sql_literal(fixed | join(''))] -%}
    {%- for part in parts -%}
        {%- do message.append(tokumei.sql_text(tokumei.sql_octet_length(part)) ~ " || ':' || " ~ part ~ " || ','") -%}
    {%- endfor -%}
    {{- return(tokumei.sql_hmac_sha256(
        message | join(' || '),
        tokumei._key_block(policy['dataset'], 'inner_block'),
        tokumei._key_block(policy['dataset'], 'outer_block')
    )) -}}
{%- endmacro %}

{#- A scalar subquery, so that no key is ever folded into text, plan or log. Another run's key is never found. -#}
{% macro _key_block(dataset, block) -%}
    {{- return(
        '(select held.' ~ block ~ ' from ' ~ tokumei.sql_key_store(dataset) ~ ' as held where held.invocation_id = '
        ~ tokumei.sql_literal(invocation_id) ~ ')'
    ) -}}
{%- endmacro %}
