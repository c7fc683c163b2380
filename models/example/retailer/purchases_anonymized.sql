{{ tokumei.anonymize(
    ref('stg_purchases'),
    hierarchies=[ref('product_categories'), ref('fiscal_months')],
    members_of=ref('customers_anonymized')
) }}
