{#- A recipient whose provision is covered reads a copy of their own of the open release; one whose provision no longer is,
    has none. What ends, ends first: an error with one recipient leaves nobody else what they may not have. -#}
{% macro settle_recipients(dataset, releases) -%}
    {%- set release = releases | selectattr('release', 'equalto', tokumei.open_release(dataset)) | first -%}
    {%- set covered = [] -%}
    {%- for recipient in tokumei.checked_register_rows('recipients') -%}
        {%- set last = tokumei.last_access(dataset, recipient['recipient']) -%}
        {%- set found = tokumei.provision_coverage(release, recipient, releases, last) if release else {'by': none, 'why': 'nothing of the dataset is open'} -%}
        {%- if found['by'] is not none -%}
            {%- do covered.append({'recipient': recipient, 'by': found['by']}) -%}
        {%- elif last is not none and last['event'] == 'provided' -%}
            {%- do tokumei.end_provision(dataset, recipient['recipient'], last['release'], found['why']) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set listed = tokumei.checked_register_rows('recipients') | map(attribute='recipient') | list -%}
    {%- do tokumei.end_provisions(dataset, listed, 'the recipient is no longer registered') -%}
    {%- for one in covered -%}
        {%- if tokumei.open_release(dataset) == release['release'] -%}
            {%- do tokumei.provide(dataset, release, one['recipient'], one['by']) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}

{#- Ends what is provided to anybody but those listed. -#}
{% macro end_provisions(dataset, listed, why) -%}
    {%- for row in run_query(
        'select distinct ' ~ tokumei._as_said(['recipient']) ~ ' from ' ~ tokumei.private_relation('access_log')
        ~ ' where recipient is not null and dataset = ' ~ tokumei.sql_literal(dataset)
    ).rows if row[0][1:] not in listed -%}
        {%- set last = tokumei.last_access(dataset, row[0][1:]) -%}
        {%- if last['event'] == 'provided' -%}
            {%- do tokumei.end_provision(dataset, row[0][1:], last['release'], why) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}

{% macro provide(dataset, release, recipient, provision) -%}
    {%- set name = recipient['recipient'] -%}
    {%- if not recipient['role'] -%}
        {%- do exceptions.raise_compiler_error('tokumei: recipients.' ~ name ~ ': a provision by grant needs the role that reads it; got nothing; allowed: the name of a database role; see docs/provision.md') -%}
    {%- endif -%}
    {%- set last = tokumei.last_access(dataset, name) -%}
    {%- set before = last['release'] if last is not none and last['event'] == 'provided' else none -%}
    {%- set views = [] -%}
    {%- for node in tokumei.marts_in(release) -%}{%- do views.append(tokumei.recipient_view(node, name) | string) -%}{%- endfor -%}
    {%- set statements = [] -%}
    {%- if before != release['release'] -%}
        {%- do statements.extend(tokumei.copy_statements(dataset, release, name)) -%}
        {%- for copy in tokumei._copies(dataset, name, before) -%}
            {%- if copy[1] not in views -%}{%- do statements.append(tokumei.sql_drop_view(copy[1])) -%}{%- endif -%}
            {%- do statements.append('drop table if exists ' ~ copy[0]) -%}
        {%- endfor -%}
        {%- do statements.append(tokumei.log_access(dataset, release['release'], 'provided', name, recipient['role'], provision['notice_sha256'])) -%}
    {%- endif -%}
    {%- for view in views -%}
        {%- do statements.extend(tokumei.sql_grant_statements(view, {'select': [recipient['role']]})) -%}
    {%- endfor -%}
    {%- do tokumei.sql_run_together(statements) -%}
    {%- if before != release['release'] -%}
        {%- do log('tokumei: dataset ' ~ dataset ~ ': release ' ~ release['release'] ~ ' is provided to ' ~ name, info=true) -%}
    {%- endif -%}
    {%- do tokumei.sql_hold_dataset(dataset) -%}
{%- endmacro %}

{% macro end_provision(dataset, recipient, release, why) -%}
    {%- set statements = [] -%}
    {%- for copy in tokumei._copies(dataset, recipient, release) -%}
        {%- do statements.append(tokumei.sql_drop_view(copy[1])) -%}
        {%- do statements.append('drop table if exists ' ~ copy[0]) -%}
    {%- endfor -%}
    {%- do statements.append(tokumei.log_access(dataset, release, 'ended', recipient)) -%}
    {%- do tokumei.sql_run_together(statements) -%}
    {%- do log('tokumei: dataset ' ~ dataset ~ ': provision to ' ~ recipient ~ ' is ended: ' ~ why ~ '; see docs/provision.md', info=true) -%}
    {%- do tokumei.sql_hold_dataset(dataset) -%}
{%- endmacro %}

{% macro _copies(dataset, recipient, release) -%}
    {{- return(run_query(
        'select copy_relation, view_relation from ' ~ tokumei.private_relation('copies_log') ~ ' where dataset = ' ~ tokumei.sql_literal(dataset)
        ~ ' and recipient = ' ~ tokumei.sql_literal(recipient) ~ ' and release = ' ~ tokumei.sql_literal(release)
    ).rows) -}}
{%- endmacro %}
