{{ config(materialized='view') }}

with made as (
    select
        logged.dataset,
        logged.invocation_id,
        count(*) as marts,
        min(logged.released_at) as made_at,
        md5({{ tokumei.sql_join_rows(
            "logged.mart || ':' || logged.fingerprint", ',', 'logged.mart'
        ) }}) as fingerprint
    from {{ tokumei.private_relation('releases_log') }} as logged
    group by logged.dataset, logged.invocation_id
),

withdrawn as (
    select distinct
        logged.dataset,
        logged.invocation_id
    from {{ tokumei.private_relation('releases_log') }} as logged
    inner join {{ tokumei.private_relation('withdrawals_log') }} as withdrawals
    on logged.release_id = withdrawals.release_id
),

events as (
    select
        access_log.dataset,
        access_log.release,
        min(case when access_log.event = 'opened' then access_log.at end) as opened_at,
        max(case when access_log.event = 'opened' then access_log.event_no end) as opened_no,
        max(case when access_log.event = 'held' then access_log.event_no end) as held_no
    from {{ tokumei.private_relation('access_log') }} as access_log
    where access_log.recipient is null
    group by access_log.dataset, access_log.release
),

newest as (
    select
        access_log.dataset,
        max(
            case when access_log.event in ('opened', 'closed') then access_log.event_no end
        ) as switched_no,
        max(case when access_log.event = 'held' then access_log.event_no end) as held_no
    from {{ tokumei.private_relation('access_log') }} as access_log
    where access_log.recipient is null
    group by access_log.dataset
)

select
    made.dataset,
    made.invocation_id as release,
    made.fingerprint,
    made.marts,
    made.made_at,
    events.opened_at,
    case
        when withdrawn.invocation_id is not null then 'withdrawn'
        when events.opened_no = newest.switched_no then 'open'
        when events.held_no = newest.held_no then 'held'
        when events.opened_no is not null then 'closed'
        else 'not open'
    end as status
from made
left join withdrawn
on
    made.dataset = withdrawn.dataset
    and made.invocation_id = withdrawn.invocation_id
left join events
on
    made.dataset = events.dataset
    and made.invocation_id = events.release
left join newest on made.dataset = newest.dataset
