{{ config(materialized='view') }}

{%- set condition = "logged.kind = 'risk' and left(logged.measure, 12) <> 'combination_'" %}

{{ tokumei.measures_over_releases(condition) }}
