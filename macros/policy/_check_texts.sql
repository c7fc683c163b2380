{#- Names and texts of a policy become SQL, line by line. What cannot be written there as it is, is refused here: line breaks
    and control characters anywhere; in the names of relations also quotation marks, which dbt does not escape. -#}
{% macro _check_texts(errors, policy, node, parents) -%}
    {%- for relation in [node] + parents['sources'] + parents['marts'] -%}
        {%- set name = relation.get('identifier') or relation.get('alias') or relation['name'] -%}
        {%- do tokumei._check_name(errors, relation['name'], none, name, relation=true) -%}
    {%- endfor -%}
    {%- for lookup in parents['lookups'] -%}
        {%- do tokumei._check_name(errors, lookup['name'], none, lookup['identifier'], relation=true) -%}
    {%- endfor -%}
    {%- for name in policy['source']['columns'] -%}
        {%- do tokumei._check_name(errors, policy['source']['name'], name, name) -%}
    {%- endfor -%}
    {%- for column in node['columns'].values() -%}
        {%- do tokumei._check_name(errors, node['name'], column['name'], column['name']) -%}
        {%- if tokumei.sql_name_taken(column['name']) -%}
            {%- do tokumei._policy_error(errors, node['name'], column['name'], 'every table of this engine has a column of that name', column['name'], 'another name') -%}
        {%- endif -%}
        {%- for text in tokumei._texts_within(tokumei._meta_of(column).get('treat')) if tokumei._breaks_lines(text) -%}
            {%- do tokumei._policy_error(errors, node['name'], column['name'], 'a text of treat holds a line break or a control character', tokumei._shown_text(text), 'none of them') -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for text in tokumei._texts_within(tokumei._meta_of(node).get('where')) if tokumei._breaks_lines(text) -%}
        {%- do tokumei._policy_error(errors, node['name'], none, 'a text of where holds a line break or a control character', tokumei._shown_text(text), 'none of them') -%}
    {%- endfor -%}
{%- endmacro %}

{% macro _check_name(errors, model, column, name, relation=false) -%}
    {%- if tokumei._breaks_lines(name) or name == '' -%}
        {%- do tokumei._policy_error(errors, model, column and tokumei._shown_text(column), 'a name holds a line break or a control character', tokumei._shown_text(name), 'none of them') -%}
    {%- elif relation and ("'" in name or '"' in name) -%}
        {%- do tokumei._policy_error(errors, model, column, 'the name of a relation holds a quotation mark, which dbt does not escape', name, 'a name without it (alias: or identifier:)') -%}
    {%- elif not tokumei.sql_name_fits(name) -%}
        {%- do tokumei._policy_error(errors, model, column, 'a name is longer than the engine keeps', name.encode('utf-8') | length ~ ' bytes', '63 bytes') -%}
    {%- endif -%}
{%- endmacro %}

{% macro _breaks_lines(text) -%}
    {{- return(modules.re.search('[\x00-\x1f\x7f-\x9f\u2028\u2029]', text) is not none) -}}
{%- endmacro %}

{% macro _shown_text(text) -%}
    {{- return(modules.re.sub('[\x00-\x1f\x7f-\x9f\u2028\u2029]', '�', text)) -}}
{%- endmacro %}

{% macro _texts_within(given) -%}
    {%- set texts = [] -%}
    {%- if given is string -%}
        {%- do texts.append(given) -%}
    {%- elif given is mapping -%}
        {%- for value in given.values() -%}{%- do texts.extend(tokumei._texts_within(value)) -%}{%- endfor -%}
    {%- elif given is sequence -%}
        {%- for value in given -%}{%- do texts.extend(tokumei._texts_within(value)) -%}{%- endfor -%}
    {%- endif -%}
    {{- return(texts) -}}
{%- endmacro %}
