{#- 法44条から46条: what others made, who provided it and how. -#}
{% macro _check_received(rows) -%}
    {%- set wrong = [] -%}
    {%- set made = tokumei.datasets_of_graph() -%}
    {%- set today = tokumei.today() -%}
    {%- for row in rows -%}
        {%- if row['dataset'] in made -%}
            {%- do wrong.append([row['row'], 'dataset', 'is the name of a dataset made here', 'a name of its own']) -%}
        {%- endif -%}
        {%- if row['items'] is not none and not tokumei.register_items(row['items']) -%}
            {%- do wrong.append([row['row'], 'items', 'names no item', 'items, separated by semicolons']) -%}
        {%- endif -%}
        {%- if row['received_on'] is not none and row['received_on'] > today -%}
            {%- do wrong.append([row['row'], 'received_on', 'lies in the future', 'the day on which it was received']) -%}
        {%- endif -%}
        {%- if row['relation'] is not none and row['relation'] not in (tokumei.received_nodes(row['dataset']) | map(attribute='name') | list) -%}
            {%- do wrong.append([row['row'], 'relation', 'no relation of this name says that it holds this dataset', 'a model, seed, snapshot or source with received: <dataset>, or empty']) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(wrong) -}}
{%- endmacro %}
