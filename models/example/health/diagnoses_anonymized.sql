{{ tokumei.anonymize(
    ref('stg_diagnoses'),
    hierarchies=[ref('diagnosis_codes')],
    beside=[ref('checkups_anonymized')]
) }}
