{{ config(enabled=(project_name == 'tokumei')) }}

-- For the privacy officer: the items of each dataset, once each whatever number of marts shows it,
-- in the words to be published when the dataset is made (法43条3項) and provided (法43条4項).
with items as (

    select * from {{ ref('publication_items') }}

),

final as (

    select
        dataset,
        item_ja,
        item_en,
        treatment_ja,
        legal_basis,
        min(released_at) as released_at
    from items
    group by dataset, item_ja, item_en, treatment_ja, legal_basis

)

select * from final
order by dataset, item_ja
