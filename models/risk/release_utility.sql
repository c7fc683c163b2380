{{ config(materialized='view') }}

{{ tokumei.measures_over_releases("logged.kind = 'utility'") }}
