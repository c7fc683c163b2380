{{ config(materialized='view', pre_hook="{{ tokumei.create_logs_if_absent() }}") }}

with newest as (
    select
        releases_log.mart,
        max(releases_log.release_no) as release_no
    from {{ tokumei.private_relation('releases_log') }} as releases_log
    group by releases_log.mart
),

live as (
    select
        releases_log.release_id,
        releases_log.legal_basis,
        releases_log.released_at
    from {{ tokumei.private_relation('releases_log') }} as releases_log
    inner join newest
        on
            releases_log.mart = newest.mart
            and releases_log.release_no = newest.release_no
)

select
    items.dataset,
    items.mart,
    items."position",
    items.item_ja,
    items.item_en,
    items.treatment_ja,
    items.treatment_en,
    live.legal_basis,
    live.released_at
from {{ tokumei.private_relation('release_items_log') }} as items
inner join live on items.release_id = live.release_id
