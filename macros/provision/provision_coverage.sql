{#- Whether a recipient may have a release today, as {by: its row of `provisions`, why: …}: the provision is published, its
    means are among those published, and the recipient was told, in the words of the notice, what they get (法43条4項).
    What was provided already was checked then: later the record of the notice must still be there. -#}
{% macro provision_coverage(release, recipient, releases, provided) -%}
    {%- set published = tokumei.coverage(release, 'provision', releases) -%}
    {%- if published['by'] is none -%}
        {{- return(published) -}}
    {%- endif -%}
    {%- set state = namespace(by=none, why='no provision to this recipient is recorded') -%}
    {%- for row in tokumei.checked_register_rows('provisions') if row['recipient'] == recipient['recipient'] and row['dataset'] == release['dataset'] -%}
    {%- if state.by is none and row['release'] in [none, release['release']] -%}
        {%- set state.why = tokumei._what_is_missing_for(row, published['by'], release, recipient, provided) -%}
        {%- set state.by = row if state.why is none else none -%}
    {%- endif -%}
    {%- endfor -%}
    {{- return({'by': state.by, 'why': state.why}) -}}
{%- endmacro %}

{% macro _what_is_missing_for(row, publication, release, recipient, provided) -%}
    {%- if row['means'] not in tokumei.register_items(publication['means']) -%}
        {{- return('the means of the provision are not among those published') -}}
    {%- elif row['notified_on'] is none or row['notified_on'] > tokumei.today() -%}
        {{- return('no notice to the recipient is recorded') -}}
    {%- elif row['provided_on'] is not none and row['provided_on'] > tokumei.today() -%}
        {{- return('it is to be provided on a day to come') -}}
    {%- elif provided is not none and provided['event'] == 'provided' and provided['release'] == release['release'] -%}
        {{- return(none if provided['notice_sha256'] == row['notice_sha256'] else 'another notice is recorded than the one it was provided under') -}}
    {%- elif row['notice_sha256'] != tokumei.notice_sha256(release, recipient) -%}
        {{- return('the notice recorded is not the text of `notice` for this release') -}}
    {%- endif -%}
    {{- return(none) -}}
{%- endmacro %}

{#- Of the notice as a file: `dbt --quiet run-operation notice … > notice.txt` ends it with a line break. -#}
{% macro notice_sha256(release, recipient) -%}
    {%- set text = tokumei.notice_text(release['dataset'], recipient['recipient'], release['release']) -%}
    {{- return(run_query('select ' ~ tokumei.sql_sha256(tokumei.sql_literal(text ~ '\n')) ~ ' as notice_sha256').columns[0].values()[0]) -}}
{%- endmacro %}
