{#- The items of a release, in order, as they were logged with it: of the newest complete one, or of the one named. -#}
{% macro published_items(dataset, invocation_id=none) -%}
    {%- set release = tokumei.published_release(dataset, invocation_id) -%}
    {%- set logged = run_query(
        'select ' ~ tokumei._as_said(['items.mart', 'items.column_name', 'items.item_ja', 'items.item_en', 'items.treatment_ja', 'items.treatment_en'])
        ~ ' from ' ~ tokumei.private_relation('release_items_log') ~ ' as items inner join ' ~ tokumei.standing_releases()
        ~ ' as standing on items.release_id = standing.release_id where standing.dataset = ' ~ tokumei.sql_literal(dataset)
        ~ ' and standing.invocation_id = ' ~ tokumei.sql_literal(release) ~ ' order by items.' ~ tokumei.sql_identifier('position')
    ).rows -%}
    {%- set by_mart = {} -%}
    {%- for row in logged -%}
        {%- set mart = row[0][1:] -%}
        {%- do by_mart.update({mart: by_mart.get(mart, [])}) -%}
        {%- do by_mart[mart].append({
            'mart': mart, 'position': by_mart[mart] | length + 1, 'column': row[1][1:], 'ja': row[2][1:], 'en': row[3][1:],
            'treatment_ja': row[4][1:], 'treatment_en': row[5][1:],
        }) -%}
    {%- endfor -%}
    {%- set items = [] -%}
    {%- for mart in by_mart | list | sort(case_sensitive=true) -%}{%- do items.extend(by_mart[mart]) -%}{%- endfor -%}
    {{- return(items) -}}
{%- endmacro %}

{#- The invocation whose release is published. One that left half of a dataset, and was not taken back yet, has not
    destroyed its key: the newest counts whose key is gone, or which made every mart of the dataset. -#}
{% macro published_release(dataset, invocation_id=none) -%}
    {%- set marts = [] -%}
    {%- for node in tokumei.marts_of(dataset) -%}{%- do marts.append(tokumei.sql_literal(node['name'])) -%}{%- endfor -%}
    {%- set released = [] -%}
    {%- if marts and tokumei._logs_exist() -%}
        {%- set released = run_query(
            'select ' ~ tokumei._as_said(['made.invocation_id']) ~ ' from (select standing.invocation_id, max(coalesce(standing.run_no, 0)) as run_no, max(standing.released_at) as released_at from '
            ~ tokumei.standing_releases() ~ ' as standing left join ('
            ~ 'select distinct keys.invocation_id from ' ~ tokumei.private_relation('keys_log') ~ " as keys where keys.event = 'destroyed' and keys.dataset = "
            ~ tokumei.sql_literal(dataset) ~ ') as gone on standing.invocation_id = gone.invocation_id where standing.dataset = ' ~ tokumei.sql_literal(dataset)
            ~ (' and standing.invocation_id = ' ~ tokumei.sql_literal(invocation_id) if invocation_id is not none else '')
            ~ ' group by standing.invocation_id having count(gone.invocation_id) > 0 or count(distinct case when standing.mart in ('
            ~ marts | join(', ') ~ ') then standing.mart end) = ' ~ marts | length
            ~ ') as made order by made.run_no desc, made.released_at desc, made.invocation_id limit 1'
        ).rows -%}
    {%- endif -%}
    {%- if not released -%}
        {%- set errors = [] -%}
        {%- do tokumei._policy_error(errors, dataset, none, 'there is no release to publish', invocation_id or 'none', 'a dataset that was built, and not taken back', 'publication.md') -%}
        {%- do tokumei._raise_together(errors) -%}
    {%- endif -%}
    {{- return(released[0][0][1:]) -}}
{%- endmacro %}

{#- dbt would read a column of texts such as 2026 or true as numbers or truths: a mark keeps them texts. -#}
{% macro _as_said(columns) -%}
    {%- set marked = [] -%}
    {%- for column in columns -%}
        {%- do marked.append("'=' || coalesce(" ~ column ~ ", '') as c" ~ loop.index) -%}
    {%- endfor -%}
    {{- return(marked | join(', ')) -}}
{%- endmacro %}

{% macro _logs_exist() -%}
    {{- return('releases_log' in tokumei.sql_private_columns()) -}}
{%- endmacro %}
