{#- l, t, α, β and δ of each sensitive column the mart shows, over the classes of the dataset, as the rows of
    release_risks_log. The recursive c of pycanon, which starts from the rarest value, is left to measure_relation. -#}
{% macro risk_of_sensitive(policy, scene) -%}
    {%- set units = {
        'alpha': 'share', 'distinct_l': 'values', 'entropy_l': 'values', 'recursive_c': 'ratio', 'beta': 'ratio', 'enhanced_beta': 'ratio',
        'delta': 'ratio', 't': 'distance', 't_ordered': 'distance',
    } -%}
    {%- set measures = [] -%}
    {%- for column in policy['columns'] if column['is'] == 'sensitive' and not column['pseudonym'] -%}
        {%- set query = tokumei.measure_models(
            tokumei._joined_dataset(policy, scene), tokumei._dataset_columns(policy, scene), 'mart.' ~ tokumei.sql_identifier(column['name']),
            none if scene['unique'] else 'mart.' ~ tokumei.sql_identifier(policy['token']), scene['types'].get(column['name']), tokumei._replacements(column),
        ) -%}
        {%- for row in tokumei.answer_of(query).rows if row[2] is not none and row[1] in units -%}
            {%- do measures.append(['risk', 'mart', row[1], column['name'], none, none, units[row[1]], row[2] | float]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(measures) -}}
{%- endmacro %}
