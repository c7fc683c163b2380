{{ config(materialized='view') }}

with standing as (
    {{ tokumei.releases_with_the_one_before() | indent(4) }}
),

combined as (
    select
        measured.release_id,
        measured.dataset,
        measured.mart,
        measured.population,
        measured.column_names,
        measured.size,
        max(
            case
                when measured.measure = 'combination_classes' then measured.value
            end
        ) as classes,
        max(
            case
                when measured.measure = 'combination_smallest_class' then measured.value
            end
        ) as smallest_class,
        max(
            case
                when measured.measure = 'combination_uniques' then measured.value
            end
        ) as uniques,
        max(
            case
                when measured.measure = 'combination_below_k' then measured.value
            end
        ) as share_below_k
    from {{ tokumei.private_relation('release_risks_log') }} as measured
    where left(measured.measure, 12) = 'combination_'
    group by
        measured.release_id,
        measured.dataset,
        measured.mart,
        measured.population,
        measured.column_names,
        measured.size
)

select
    combined.release_id,
    combined.dataset,
    combined.mart,
    standing.release_no,
    standing.release_no = standing.newest_no as is_current,
    standing.released_at,
    combined.population,
    combined.column_names,
    combined.size as columns_known,
    cast(combined.classes as bigint) as classes,
    cast(combined.smallest_class as bigint) as smallest_class,
    cast(combined.uniques as bigint) as uniques,
    combined.share_below_k,
    cast(before.uniques as bigint) as uniques_before,
    before.share_below_k as share_below_k_before
from combined
inner join standing on combined.release_id = standing.release_id
left join combined as before
on
    standing.release_before = before.release_id
    and combined.population = before.population
    and combined.column_names = before.column_names
