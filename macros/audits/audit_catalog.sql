{#- The audits of the gate, in the order they run: those of the candidate, cheap ones first, then those of the mart that
    shows it. Both inside one transaction, so that nobody sees a mart before the last of them. -#}
{% macro candidate_audits() -%}
    {{- return([
        'suppression_within_limit', 'policy_current', 'dataset_consistent', 'declared_releases', 'swaps_as_declared',
        'pseudonyms_sound', 'k_anonymous', 'l_diverse', 't_close', 'no_rare_values', 'within_bounds', 'no_identifier_patterns',
        'history_protected', 'no_direct_identifiers',
    ]) -}}
{%- endmacro %}

{% macro mart_audits() -%}
    {{- return(['synthetic_sound', 'only_declared_columns', 'labelled']) -}}
{%- endmacro %}

{#- An audit is a query with the columns column_name, violations and measured: counts, never a value of the data. -#}
{% macro audit_query(name, policy, scene) -%}
    {{- return(tokumei['audit_' ~ name](policy, scene)) -}}
{%- endmacro %}

{% macro _finding(column, violations, measured='null') -%}
    {{- return(
        'select cast(' ~ tokumei.sql_literal(column) ~ ' as ' ~ tokumei.sql_type('text') ~ ') as column_name, cast(' ~ violations
        ~ ' as bigint) as violations, cast(' ~ measured ~ ' as ' ~ tokumei.sql_type('double precision') ~ ') as measured'
    ) -}}
{%- endmacro %}

{% macro _nothing_to_find() -%}
    {{- return(tokumei._finding('', 0)) -}}
{%- endmacro %}

{#- Distinct subjects behind rows of a release table; in byte order, which PostgreSQL sorts in half the time. -#}
{% macro _persons(policy, scene, alias='mart') -%}
    {{- return('count(*)' if scene['unique'] else 'count(distinct ' ~ tokumei.sql_text_order(alias ~ '.' ~ tokumei.sql_identifier(policy['token'])) ~ ')') -}}
{%- endmacro %}
