{{ config(materialized='view') }}

with standing as (
    select *
    from {{ tokumei.standing_releases() }} as not_withdrawn
),

newest as (
    select
        standing.mart,
        max(standing.release_no) as release_no
    from standing
    group by standing.mart
),

live as (
    select
        standing.release_id,
        standing.legal_basis,
        standing.released_at
    from standing
    inner join newest
    on
        standing.mart = newest.mart
        and standing.release_no = newest.release_no
)

select
    items.dataset,
    items.mart,
    items.position,
    items.item_ja,
    items.item_en,
    items.treatment_ja,
    items.treatment_en,
    live.legal_basis,
    live.released_at
from {{ tokumei.private_relation('release_items_log') }} as items
inner join live on items.release_id = live.release_id
