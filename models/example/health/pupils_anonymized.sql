{{ tokumei.anonymize(ref('stg_pupils')) }}
