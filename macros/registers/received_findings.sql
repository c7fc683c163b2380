{#- The relations that say `received: <dataset>` of themselves: of one dataset, or of all. -#}
{% macro received_nodes(dataset=none) -%}
    {%- set nodes = [] -%}
    {%- for node in tokumei._nodes_with_meta('received') if dataset is none or tokumei._meta_of(node)['received'] == dataset -%}
        {%- do nodes.append(node) -%}
    {%- endfor -%}
    {{- return(nodes) -}}
{%- endmacro %}

{#- Whoever meets API received from others sees what it is and from whom (3-2-3-2): what is not so, as dicts like those of
    register_findings. Items are named by their number: errors quote no register. -#}
{% macro received_findings(node) -%}
    {%- set wrong = [] -%}
    {%- set label = '匿名加工情報' -%}
    {%- set dataset = tokumei._meta_of(node)['received'] -%}
    {%- set rows = tokumei._read_register('received')['rows'] | selectattr('dataset', 'equalto', dataset) | list -%}
    {%- set relation = tokumei._standing_relation(node) -%}
    {%- if not rows -%}
        {%- do wrong.append([none, none, 'the dataset is not in the register received', none]) -%}
    {%- endif -%}
    {%- if relation is none -%}
        {%- do wrong.append([none, none, 'the relation does not exist', none]) -%}
    {%- else -%}
        {%- set comment = run_query('select ' ~ tokumei.sql_comment_of(relation) ~ ' as said').rows[0][0] or '' -%}
        {%- if not comment.startswith(label) -%}
            {%- do wrong.append([none, none, 'its comment does not begin with ' ~ label, none]) -%}
        {%- endif -%}
        {%- if rows and not (dataset in comment and rows | map(attribute='provider') | select('string') | select('in', comment) | list) -%}
            {%- do wrong.append([none, none, 'its comment does not name the dataset and who provided it', none]) -%}
        {%- endif -%}
        {%- set shown = [] -%}
        {%- for column in run_query('select * from ' ~ relation ~ ' where false').column_names -%}
            {%- set said = run_query('select ' ~ tokumei.sql_column_comment_of(relation, column) ~ ' as said').rows[0][0] or '' -%}
            {%- if said.startswith(label ~ ': ') -%}
                {%- do shown.append(said[label | length + 2:].split(' / ')[0].strip()) -%}
            {%- else -%}
                {%- do wrong.append([none, column, 'its comment does not say ' ~ label ~ ': and the item', none]) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- for row in rows -%}
            {%- for item in tokumei.register_items(row['items']) -%}
                {%- if item not in shown -%}
                    {%- do wrong.append([row['row'], none, 'no column is labelled with item ' ~ loop.index ~ ' of the register', none]) -%}
                {%- endif -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
    {{- return(tokumei._as_findings(node['name'], wrong)) -}}
{%- endmacro %}
