{#- A recipient whose provision is covered reads a copy of their own of the open release; one whose provision no longer is,
    has none. The view, its grant and the log change together. -#}
{% macro settle_recipients(dataset, release, releases) -%}
    {%- set listed = tokumei.checked_register_rows('recipients') -%}
    {%- for recipient in listed -%}
        {%- set last = tokumei.last_access(dataset, recipient['recipient']) -%}
        {%- set found = tokumei.provision_coverage(release, recipient, releases, last) if release is not none else {'by': none, 'why': 'nothing of the dataset is open'} -%}
        {%- set has_copy = last is not none and last['event'] == 'provided' -%}
        {%- if found['by'] is none and has_copy -%}
            {%- do tokumei.end_provision(dataset, recipient['recipient'], last['release'], found['why']) -%}
        {%- elif found['by'] is not none -%}
            {%- do tokumei.provide(dataset, release, recipient, found['by'], last['release'] if has_copy else none) -%}
        {%- endif -%}
    {%- endfor -%}
    {#- Whoever was struck from the register has nothing either. -#}
    {%- for row in run_query(
        'select distinct ' ~ tokumei._as_said(['recipient']) ~ ' from ' ~ tokumei.private_relation('access_log')
        ~ ' where recipient is not null and dataset = ' ~ tokumei.sql_literal(dataset)
    ).rows if row[0][1:] not in (listed | map(attribute='recipient') | list) -%}
        {%- set last = tokumei.last_access(dataset, row[0][1:]) -%}
        {%- if last['event'] == 'provided' -%}
            {%- do tokumei.end_provision(dataset, row[0][1:], last['release'], 'the recipient is no longer registered') -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}

{% macro provide(dataset, release, recipient, provision, before) -%}
    {%- set name = recipient['recipient'] -%}
    {%- if not recipient['role'] -%}
        {%- do exceptions.raise_compiler_error('tokumei: recipients.' ~ name ~ ': a provision by grant needs the role that reads it; got nothing; allowed: the name of a database role; see docs/provision.md') -%}
    {%- endif -%}
    {%- set statements = [] -%}
    {%- if before != release['release'] -%}
        {%- do statements.extend(tokumei.copy_statements(dataset, release, name)) -%}
        {%- if before is not none -%}
            {%- for copy in tokumei._copies(dataset, name, before) -%}
                {%- do statements.append('drop table if exists ' ~ copy[0]) -%}
            {%- endfor -%}
        {%- endif -%}
        {%- do statements.append(tokumei.log_access(dataset, release['release'], 'provided', name, recipient['role'], provision['notice_sha256'])) -%}
        {%- do log('tokumei: dataset ' ~ dataset ~ ': release ' ~ release['release'] ~ ' is provided to ' ~ name, info=true) -%}
    {%- endif -%}
    {%- for node in tokumei.marts_of(dataset) -%}
        {%- do statements.extend(tokumei.sql_grant_statements(tokumei.recipient_view(node, name), {'select': [recipient['role']]})) -%}
    {%- endfor -%}
    {%- do tokumei.sql_run_together(statements) -%}
    {%- do tokumei.sql_lock_dataset(dataset) -%}
{%- endmacro %}

{% macro end_provision(dataset, recipient, release, why) -%}
    {%- set statements = [] -%}
    {%- for copy in tokumei._copies(dataset, recipient, release) -%}
        {%- do statements.append('drop view if exists ' ~ copy[1] ~ ' cascade') -%}
        {%- do statements.append('drop table if exists ' ~ copy[0]) -%}
    {%- endfor -%}
    {%- do statements.append(tokumei.log_access(dataset, release, 'ended', recipient)) -%}
    {%- do tokumei.sql_run_together(statements) -%}
    {%- do log('tokumei: dataset ' ~ dataset ~ ': provision to ' ~ recipient ~ ' is ended: ' ~ why ~ '; see docs/provision.md', info=true) -%}
    {%- do tokumei.sql_lock_dataset(dataset) -%}
{%- endmacro %}

{% macro _copies(dataset, recipient, release) -%}
    {{- return(run_query(
        'select copy_relation, view_relation from ' ~ tokumei.private_relation('copies_log') ~ ' where dataset = ' ~ tokumei.sql_literal(dataset)
        ~ ' and recipient = ' ~ tokumei.sql_literal(recipient) ~ ' and release = ' ~ tokumei.sql_literal(release)
    ).rows) -}}
{%- endmacro %}
