{{ tokumei.anonymize(ref('stg_cards')) }}
