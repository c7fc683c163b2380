{#- The releases of a dataset that hold every mart of it, newest first, and the one that is open, also if the dataset has
    gained a mart since. Each is a dict: dataset, release (the run), made_on (a day in the zone of the registers), fingerprint, marts (name → release_id
    and relation), key_destroyed. -#}
{% macro whole_releases(dataset) -%}
    {%- set by_run = {} -%}
    {%- for row in run_query(
        'select standing.invocation_id, standing.mart, standing.release_id, standing.release_relation, standing.fingerprint, cast(standing.released_at as ' ~ tokumei.sql_type('text') ~ '),'
        ~ " (select count(*) from " ~ tokumei.private_relation('keys_log') ~ " as gone where gone.event = 'destroyed' and gone.dataset = standing.dataset"
        ~ ' and gone.invocation_id = standing.invocation_id) from ' ~ tokumei.standing_releases() ~ ' as standing where standing.dataset = '
        ~ tokumei.sql_literal(dataset) ~ ' order by coalesce(standing.run_no, 0) desc, standing.released_at desc, standing.mart'
    ).rows -%}
        {%- if row[0] not in by_run -%}
            {%- do by_run.update({row[0]: {
                'dataset': dataset, 'release': row[0], 'made_on': tokumei.local_day(row[5]), 'marts': {}, 'prints': {}, 'key_destroyed': row[6] > 0,
            }}) -%}
        {%- endif -%}
        {%- do by_run[row[0]]['marts'].update({row[1]: {'release_id': row[2], 'relation': row[3]}}) -%}
        {%- do by_run[row[0]]['prints'].update({row[1]: row[4]}) -%}
    {%- endfor -%}
    {%- set names = tokumei.marts_of(dataset) | map(attribute='name') | list -%}
    {%- set whole = [] -%}
    {%- set open = tokumei.open_release(dataset) -%}
    {%- for release in by_run.values() if release['release'] == open or not (names | reject('in', release['marts']) | list) -%}
        {%- set prints = [] -%}
        {%- for mart in release['prints'] | list | sort(case_sensitive=true) -%}{%- do prints.append(mart ~ ':' ~ release['prints'][mart]) -%}{%- endfor -%}
        {%- do release.update({'fingerprint': local_md5(prints | join(','))}) -%}
        {%- do whole.append(release) -%}
    {%- endfor -%}
    {{- return(whole) -}}
{%- endmacro %}

{#- The nodes of the marts that a release holds. -#}
{% macro marts_in(release) -%}
    {{- return(tokumei.marts_of(release['dataset']) | selectattr('name', 'in', release['marts']) | list) -}}
{%- endmacro %}

{#- The day on which a logged time, in UTC, falls where the registers are kept. -#}
{% macro local_day(text) -%}
    {%- set moment = modules.datetime.datetime.strptime((text ~ '')[:19], '%Y-%m-%d %H:%M:%S') -%}
    {%- set zone = modules.pytz.timezone(var('tokumei_time_zone', 'Asia/Tokyo')) -%}
    {{- return(modules.pytz.utc.localize(moment).astimezone(zone).strftime('%Y-%m-%d')) -}}
{%- endmacro %}

{#- The Japanese names of the items of a release, each once. -#}
{% macro released_items(release) -%}
    {%- set ids = [] -%}
    {%- for mart in release['marts'].values() -%}{%- do ids.append(tokumei.sql_literal(mart['release_id'])) -%}{%- endfor -%}
    {%- set items = [] -%}
    {%- for row in run_query(
        'select distinct ' ~ tokumei._as_said(['item_ja']) ~ ' from ' ~ tokumei.private_relation('release_items_log') ~ ' where release_id in (' ~ ids | join(', ') ~ ')'
    ).rows -%}{%- do items.append(row[0][1:].strip()) -%}{%- endfor -%}
    {{- return(items) -}}
{%- endmacro %}
