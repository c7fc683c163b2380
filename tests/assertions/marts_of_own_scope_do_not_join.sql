{{ config(enabled=(project_name == 'tokumei')) }}

-- Two marts of a dataset that say `scope: own` are judged apart: a shared pseudonym would
-- undo that.
with validation_errors as (
    select taps.pseudonym
    from {{ ref('taps_anonymized') }} as taps
    inner join {{ ref('riders_anonymized') }} as riders on taps.pseudonym = riders.pseudonym
    union all
    select diagnoses.pseudonym
    from {{ ref('diagnoses_anonymized') }} as diagnoses
    inner join {{ ref('checkups_anonymized') }} as checkups
    on diagnoses.pseudonym = checkups.pseudonym
)

select count(*) as shared_pseudonyms
from validation_errors
having count(*) > 0
