{{ tokumei.anonymize(
    ref('stg_customers'),
    hierarchies=[ref('jp_municipalities')]
) }}
