{{ config(enabled=(project_name == 'tokumei')) }}

-- 法43条3項: an item that is in a mart is among those to publish, and no other.
with validation_errors as (
    select items.mart
    from {{ ref('publication_items') }} as items
    left join {{ ref('releases') }} as releases
    on
        items.mart = releases.mart
        and releases.is_current
    where
        releases.mart is null
        or items.item_ja is null
        or items.item_en is null
)

select count(*) as unpublished_items
from validation_errors
having count(*) > 0
