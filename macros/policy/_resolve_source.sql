{#- What the source declares of itself: its subject, each column's classification and, where given, its data type. -#}
{% macro _resolve_source(errors, mart, node) -%}
    {%- set subject = tokumei._meta_of(node).get('subject') -%}
    {%- set source = {'unique_id': node['unique_id'], 'name': node['name'], 'subject': subject, 'columns': {}, 'types': {}, 'data_types': {}, 'descriptions': {}} -%}
    {%- do tokumei._check_keys(errors, node['name'], none, tokumei._meta_of(node), ['subject', 'exception']) -%}
    {%- if (node.get('config') or {}).get('materialized') == 'ephemeral' -%}
        {%- do tokumei._policy_error(errors, node['name'], none, 'the audits must be able to query a source', 'an ephemeral model', ['view', 'table', 'incremental', 'a seed', 'a snapshot', 'a source']) -%}
    {%- endif -%}
    {%- for column in node['columns'].values() -%}
        {%- set meta = tokumei._meta_of(column) -%}
        {%- set is = meta.get('is') -%}
        {%- do tokumei._check_keys(errors, node['name'], column['name'], meta, ['is']) -%}
        {%- if is is none -%}
            {%- do tokumei._policy_error(errors, node['name'], column['name'], 'the column is not classified', 'no is:', tokumei.classifications()) -%}
        {%- elif is is not string or is not in tokumei.classifications() -%}
            {%- do tokumei._policy_error(errors, node['name'], column['name'], 'unknown classification', is, tokumei.classifications()) -%}
        {%- endif -%}
        {%- do source['columns'].update({column['name']: is}) -%}
        {%- do source['types'].update({column['name']: tokumei._type_family(column.get('data_type'))}) -%}
        {%- if column.get('data_type') -%}{%- do source['data_types'].update({column['name']: column['data_type']}) -%}{%- endif -%}
        {%- do source['descriptions'].update({column['name']: column.get('description') or ''}) -%}
    {%- endfor -%}
    {%- if subject is not string or subject not in source['columns'] -%}
        {%- do tokumei._policy_error(errors, node['name'], none, 'subject names no declared column', subject or 'nothing', source['columns']) -%}
    {%- endif -%}
    {{- return(source) -}}
{%- endmacro %}
