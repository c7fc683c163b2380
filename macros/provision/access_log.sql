{#- What became of a dataset: its newest event for its readers, or for one recipient; none where nothing happened yet.
    Events: held, opened, closed; of a recipient provided, ended. -#}
{% macro last_access(dataset, recipient=none) -%}
    {%- set rows = run_query(
        'select release, event, notice_sha256 from ' ~ tokumei.private_relation('access_log') ~ ' where dataset = ' ~ tokumei.sql_literal(dataset)
        ~ ' and recipient ' ~ ('is null' if recipient is none else '= ' ~ tokumei.sql_literal(recipient))
        ~ ' order by event_no desc limit 1'
    ).rows -%}
    {{- return({'release': rows[0][0], 'event': rows[0][1], 'notice_sha256': rows[0][2]} if rows | length else none) -}}
{%- endmacro %}

{#- An event as an insert; numbered inside the dataset, whose lock is held. -#}
{% macro log_access(dataset, release, event, recipient=none, role=none, notice_sha256=none) -%}
    {%- set log = tokumei.private_relation('access_log') -%}
    {%- set literals = [] -%}
    {%- for value in [dataset, release, event, recipient, role, notice_sha256] -%}
        {%- do literals.append(tokumei.sql_text_literal(value)) -%}
    {%- endfor -%}
    {{- return(
        'insert into ' ~ log ~ ' select coalesce(max(earlier.event_no), 0) + 1, ' ~ literals | join(', ') ~ ', current_user, cast('
        ~ tokumei.sql_literal(tokumei.utc_now()) ~ ' as ' ~ tokumei.sql_type('timestamp') ~ ') from ' ~ log ~ ' as earlier where earlier.dataset = ' ~ tokumei.sql_literal(dataset)
    ) -}}
{%- endmacro %}
