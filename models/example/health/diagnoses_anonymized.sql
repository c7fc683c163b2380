{{ tokumei.anonymize(
    ref('stg_diagnoses'),
    hierarchies=[ref('diagnosis_codes')]
) }}
