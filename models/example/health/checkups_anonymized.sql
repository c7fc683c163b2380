{{ tokumei.anonymize(ref('stg_checkups')) }}
