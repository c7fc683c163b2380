{{ tokumei.anonymize(
    ref('stg_taps'),
    hierarchies=[ref('service_hours')]
) }}
