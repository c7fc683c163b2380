{#- dbt run-operation my_number_watch --args '{schema: raw, approved: [hr_employees.my_number]}'
    Fails where a text or number column of a schema holds My Numbers and is not approved (番号利用法19条・20条: kept only
    where the law provides for it). Every value is looked at; counts and names are printed, never a value. -#}
{% macro my_number_watch(schema=none, approved=none, at_most=0.05) -%}
    {%- set watched = schema or target.schema -%}
    {%- set allowed = (approved if approved is not none else var('tokumei_my_number_columns', [])) | map('lower') | list -%}
    {%- set refused = [] -%}
    {%- set relations = tokumei.sql_relations_of(watched) -%}
    {%- set unsafe = [] -%}
    {%- for relation in relations -%}
        {%- if modules.re.search('["\']', relation.identifier) -%}{%- do unsafe.append(relation.identifier) -%}{%- endif -%}
    {%- endfor -%}
    {#- dbt puts names into its own questions as they are. -#}
    {%- if unsafe -%}
        {%- do exceptions.raise_compiler_error('tokumei: my_number_watch: a name that breaks out of its quotes would be read as SQL; got ' ~ unsafe | join(', ') ~ '; allowed: relations without a quote in their names; see docs/detection.md') -%}
    {%- endif -%}
    {%- if not relations -%}
        {%- do exceptions.raise_compiler_error('tokumei: my_number_watch: no relation in the schema; got ' ~ watched ~ '; allowed: a schema with relations that the role may see; see docs/detection.md') -%}
    {%- endif -%}
    {%- for relation in relations | sort(attribute='identifier') -%}
        {%- for row in tokumei.my_number_columns(relation, at_most) -%}
            {%- set place = relation.identifier ~ '.' ~ row[0] -%}
            {%- set known = place | lower in allowed or watched | lower ~ '.' ~ place | lower in allowed -%}
            {%- do print(place ~ ': ' ~ row[2] ~ ' of ' ~ row[1] ~ ' distinct values of 12 digits pass as マイナンバー' ~ (' (approved)' if known else '')) -%}
            {%- if not known -%}{%- do refused.append(place) -%}{%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do print('my_number_watch: ' ~ relations | length ~ ' relations of ' ~ watched ~ ' read, ' ~ refused | length ~ ' columns not approved') -%}
    {%- if refused -%}
        {%- do exceptions.raise_compiler_error('tokumei: my_number_watch: columns that hold My Numbers; got ' ~ refused | join(', ') ~ '; allowed: ' ~ (allowed | join(', ') or 'none') ~ ', or what `approved` or the var tokumei_my_number_columns names' ~ '; see docs/detection.md') -%}
    {%- endif -%}
{%- endmacro %}
