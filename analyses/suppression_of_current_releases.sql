{{ config(enabled=(project_name == 'tokumei')) }}

-- For the privacy officer: what the releases analysts see now have lost, and how close they come
-- to what their policies allow; besides, what was hidden near homes and places of work, and how
-- many synthetic persons are mixed in.
with releases as (

    select * from {{ ref('releases') }}

),

live as (

    select * from releases
    where is_current

),

final as (

    select
        dataset,
        mart,
        release_no,
        subjects_in - subjects_out as subjects_suppressed,
        100.0 * (subjects_in - subjects_out) / nullif(subjects_in, 0) as percent_of_subjects,
        records_in - records_out as records_suppressed,
        100.0 * (records_in - records_out) / nullif(records_in, 0) as percent_of_records,
        100.0 * max_suppression as percent_allowed,
        records_hidden,
        synthetic_subjects,
        k,
        smallest_class,
        history_bound,
        released_at,
        key_destroyed_at
    from live

)

select * from final
order by dataset, mart
