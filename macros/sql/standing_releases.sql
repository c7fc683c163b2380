{#- The logged releases that were not taken back, as a relation. -#}
{% macro standing_releases() -%}
    {{- return(
        '(select logged.* from ' ~ tokumei.private_relation('releases_log') ~ ' as logged where not exists (select 1 from '
        ~ tokumei.private_relation('withdrawals_log') ~ ' as withdrawn where withdrawn.release_id = logged.release_id))'
    ) -}}
{%- endmacro %}
