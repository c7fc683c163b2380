{#- A dataset is released as a whole or not at all: if a run made some of its marts and not the others, those made show
    their previous release again, and the new one is gone. That it happened stays in the logs. -#}
{% macro withdraw_incomplete(dataset, run) -%}
    {%- do tokumei.sql_hold_dataset(dataset) -%}
    {%- set made = run_query(
        'select mart, release_id, release_no, release_relation, left_out from ' ~ tokumei.standing_releases()
        ~ ' as standing where dataset = ' ~ tokumei.sql_literal(dataset) ~ ' and invocation_id = ' ~ tokumei.sql_literal(run)
        ~ ' order by released_at desc'
    ).rows -%}
    {#- What a run declared to leave out is not missed (tokumei_partial_datasets). -#}
    {%- set left_out = (made[0][4] or '').split(', ') if made | length else [] -%}
    {%- if 0 < made | length < tokumei.marts_of(dataset) | rejectattr('name', 'in', left_out) | list | length -%}
        {%- set statements = [] -%}
        {%- for row in made if row[0] in (tokumei.marts_of(dataset) | map(attribute='name') | list) -%}
            {%- do statements.extend(tokumei._withdrawal(dataset, row, run)) -%}
        {%- endfor -%}
        {%- if statements -%}
            {%- do tokumei.sql_run_together(statements) -%}
            {%- do log('tokumei: dataset ' ~ dataset ~ ' was not made in full: taken back, its marts show their previous release; see docs/releases.md', info=true) -%}
        {%- endif -%}
    {%- endif -%}
    {%- do tokumei.sql_commit_now() -%}
{%- endmacro %}

{#- Runs that died: a key they took is not known to be destroyed. The next run takes back what they left half made. -#}
{% macro withdraw_abandoned(dataset) -%}
    {%- do tokumei.sql_sweep_stages() -%}
    {%- set log = tokumei.private_relation('keys_log') -%}
    {%- set runs = run_query(
        'select distinct taken.invocation_id from ' ~ log ~ " as taken where taken.event = 'taken' and taken.dataset = "
        ~ tokumei.sql_literal(dataset) ~ ' and taken.invocation_id <> ' ~ tokumei.sql_literal(invocation_id)
        ~ ' and not exists (select 1 from ' ~ log ~ " as gone where gone.event = 'destroyed' and gone.dataset = taken.dataset"
        ~ ' and gone.invocation_id = taken.invocation_id)'
    ).rows -%}
    {%- for run in runs -%}
        {%- do tokumei.withdraw_incomplete(dataset, run[0]) -%}
    {%- endfor -%}
    {%- if runs | length and not tokumei.sql_has_transactions() -%}
        {%- do tokumei.recover_abandoned(dataset, runs | map(attribute=0) | list) -%}
    {%- endif -%}
{%- endmacro %}

{% macro _withdrawal(dataset, row, run) -%}
    {%- set node = tokumei.marts_of(dataset) | selectattr('name', 'equalto', row[0]) | first -%}
    {%- set mart = tokumei.mart_relation(node) -%}
    {%- set of_mart = ' from ' ~ tokumei.standing_releases() ~ ' as standing where mart = ' ~ tokumei.sql_literal(row[0]) -%}
    {%- set newer = run_query('select count(*)' ~ of_mart ~ ' and release_no > ' ~ row[2]).rows[0][0] -%}
    {%- set previous = run_query(
        'select release_id, release_relation' ~ of_mart ~ ' and release_no < ' ~ row[2] ~ ' order by release_no desc limit 1'
    ).rows -%}
    {%- if newer or tokumei.serves_readers({'dataset': dataset, 'mart': row[0]}) -%}
        {#- Another run has switched the mart since, or this one has not. -#}
        {%- set statements = [] -%}
    {%- elif previous | length -%}
        {%- set statements = tokumei.show_release(node, {'release_id': previous[0][0], 'relation': previous[0][1]}) + tokumei.sql_grant_statements(tokumei.mart_relation(node), {}) -%}
    {%- elif run == invocation_id -%}
        {#- The first release of all: what was built on it was built in this same run. -#}
        {%- set statements = [tokumei.sql_drop_view(mart)] -%}
    {%- else -%}
        {#- A dead run's first release may have views of analysts on it since: the release to come replaces it. -#}
        {{- return([]) -}}
    {%- endif -%}
    {{- return(statements + [
        tokumei.log_row('withdrawals_log', [row[1], dataset, row[0], tokumei.utc_now()]),
        'drop table if exists ' ~ row[3],
    ]) -}}
{%- endmacro %}
