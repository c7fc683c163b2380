{#- Run-operation: writes what received_labelled looks for, on the relations of one received dataset, or of all. -#}
{% macro label_received(dataset=none) -%}
    {%- if execute -%}
        {%- set received = tokumei.checked_register_rows('received') -%}
        {%- set nodes = tokumei.received_nodes(dataset) -%}
        {%- set errors = [] -%}
        {%- set statements = [] -%}
        {%- if not nodes -%}
            {%- do tokumei._policy_error(errors, 'label_received', none, 'no relation says that it holds a received dataset', dataset, 'config.meta.tokumei: {received: <dataset>}', 'registers.md') -%}
        {%- endif -%}
        {%- for node in nodes -%}
            {%- set rows = received | selectattr('dataset', 'equalto', tokumei._meta_of(node)['received']) | list -%}
            {%- do statements.extend(tokumei._received_labels(errors, node, rows)) -%}
        {%- endfor -%}
        {%- if errors -%}
            {%- do exceptions.raise_compiler_error('\n' ~ errors | join('\n')) -%}
        {%- endif -%}
        {%- do tokumei.sql_run_together(statements) -%}
        {%- do log('tokumei: labelled ' ~ nodes | map(attribute='name') | sort | join(', '), info=true) -%}
    {%- endif -%}
{%- endmacro %}

{#- The comments of one relation; what its YAML says of items, and what the register says, are the same. -#}
{% macro _received_labels(errors, node, rows) -%}
    {%- set relation = tokumei._standing_relation(node) -%}
    {%- if not rows or relation is none -%}
        {%- do tokumei._policy_error(errors, node['name'], none, 'the relation does not exist' if rows else 'the dataset is not in the register received', none, none, 'registers.md') -%}
        {{- return([]) -}}
    {%- endif -%}
    {%- set items = {} -%}
    {%- for column in node['columns'].values() -%}
        {%- set item = tokumei._meta_of(column).get('item') -%}
        {%- do items.update({column['name'] | lower: {'ja': item} if item is string else item}) -%}
    {%- endfor -%}
    {%- set label = '匿名加工情報' -%}
    {%- set kind = run_query('select ' ~ tokumei.sql_relation_kind(relation) ~ ' as kind').rows[0][0] -%}
    {%- set text = label ~ ' (anonymously processed information). ' ~ rows[0]['dataset'] ~ ', received from '
        ~ rows | map(attribute='provider') | unique | join(', ')
        ~ '. 本人を識別するために加工方法等情報を取得し、又は他の情報と照合してはならない（法45条）。' ~ (node.get('description') or '') -%}
    {%- set statements = ['comment on ' ~ kind ~ ' ' ~ relation ~ ' is ' ~ tokumei.sql_literal(text | trim)] -%}
    {%- set shown = [] -%}
    {%- for column in run_query('select * from ' ~ relation ~ ' where false').column_names -%}
        {%- set item = items.get(column | lower) -%}
        {%- if item is not mapping or not item.get('ja') -%}
            {%- do tokumei._policy_error(errors, node['name'], column, 'item is required: it says what was received', none, 'text, or {ja: …, en: …}', 'registers.md') -%}
        {%- else -%}
            {%- do shown.append(item['ja']) -%}
            {%- set said = item['ja'] ~ (' / ' ~ item['en'] if item.get('en') and item['en'] != item['ja'] else '') -%}
            {%- do statements.append('comment on column ' ~ relation ~ '.' ~ tokumei.sql_identifier(column) ~ ' is ' ~ tokumei.sql_literal(label ~ ': ' ~ said)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for row in rows -%}
        {%- for item in tokumei.register_items(row['items']) if item not in shown -%}
            {%- do tokumei._policy_error(errors, 'received', 'items', 'row ' ~ row['row'] ~ ': an item that no column of ' ~ node['name'] ~ ' has', none, none, 'registers.md') -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(statements) -}}
{%- endmacro %}
