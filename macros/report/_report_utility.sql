{#- What use is left: loss and distances of each column, and what classes and suppression cost. -#}
{% macro _report_utility(measures, size) -%}
    {%- set columns = {} -%}
    {%- for one in measures if one['kind'] == 'utility' and one['columns'] and ', ' not in one['columns'] -%}
        {%- set column = columns.get(one['columns'], {'column': one['columns']}) -%}
        {%- do column.update({one['measure']: tokumei._shown(one['value']) if one['measure'] == 'suppressed_cells' else tokumei._rounded_share(one['value'], size['records_in'])}) -%}
        {%- do columns.update({one['columns']: column}) -%}
    {%- endfor -%}
    {%- set listed = [] -%}
    {%- for name in columns | sort(case_sensitive=true) -%}{%- do listed.append(columns[name]) -%}{%- endfor -%}
    {%- set average = tokumei._measured_value(measures, 'mart', 'average_class_size') -%}
    {%- set whole = {} -%}
    {%- for name, of in [['loss', 'mart'], ['correlation_change_average', 'both'], ['correlation_change_maximum', 'both']] -%}
        {%- set value = tokumei._measured_value(measures, of, name) -%}
        {%- do whole.update({name: tokumei._rounded_share(value, size['records_in']) if value is not none else none}) -%}
    {%- endfor -%}
    {%- do whole.update({
        'average_class_size': average | round(1) if average is not none else none,
        'discernibility': tokumei._shown(tokumei._measured_value(measures, 'mart', 'discernibility')),
        'suppressed_cells': tokumei._shown(tokumei._measured_value(measures, 'mart', 'suppressed_cells')),
    }) -%}
    {{- return({'whole': whole, 'columns': listed}) -}}
{%- endmacro %}
