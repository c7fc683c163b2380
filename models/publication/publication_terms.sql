{{ config(materialized='view') }}

{{ tokumei.terms_query() }}
