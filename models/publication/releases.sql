{{ config(materialized='view') }}

with logged as (
    select * from {{ tokumei.private_relation('releases_log') }}
),

destroyed as (
    select
        keys_log.dataset,
        keys_log.invocation_id,
        max(keys_log.at) as key_destroyed_at
    from {{ tokumei.private_relation('keys_log') }} as keys_log
    where keys_log.event = 'destroyed'
    group by keys_log.dataset, keys_log.invocation_id
),

newest as (
    select
        standing.mart,
        max(standing.release_no) as release_no
    from {{ tokumei.standing_releases() }} as standing
    group by standing.mart
)

select
    logged.release_id,
    logged.dataset,
    logged.mart,
    logged.release_no,
    coalesce(logged.release_no = newest.release_no, false) as is_current,
    coalesce(logged.records_hidden, 0) as records_hidden,
    logged.records_in,
    logged.subjects_in,
    logged.records_out,
    logged.subjects_out,
    coalesce(logged.synthetic_records, 0) as synthetic_records,
    coalesce(logged.synthetic_subjects, 0) as synthetic_subjects,
    logged.k,
    logged.k_reason,
    logged.classes,
    logged.smallest_class,
    logged.max_suppression,
    logged.history_share,
    logged.history_bound,
    logged.passes,
    logged.fingerprint,
    logged.legal_basis,
    logged.package_version,
    logged.invocation_id,
    logged.left_out,
    logged.released_at,
    destroyed.key_destroyed_at,
    withdrawals.withdrawn_at
from logged
left join newest on logged.mart = newest.mart
left join {{ tokumei.private_relation('withdrawals_log') }} as withdrawals
on logged.release_id = withdrawals.release_id
left join destroyed
on
    logged.dataset = destroyed.dataset
    and logged.invocation_id = destroyed.invocation_id
