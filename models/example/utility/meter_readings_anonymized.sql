{{ tokumei.anonymize(
    ref('stg_meter_readings'),
    hierarchies=[ref('meter_days')],
    members_of=ref('homes_anonymized')
) }}
