{{ tokumei.anonymize(ref('stg_homes')) }}
