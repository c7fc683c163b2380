{{ tokumei.anonymize(ref('stg_diagnoses')) }}
