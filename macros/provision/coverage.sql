{#- Whether a publication of a kind covers a release today, as {by: its row or none, why: what is missing}. A publication
    covers what it names: dataset, fingerprint (items and method), all items; from its day on, plus the notice days; and
    either creation that continues, or releases of its period, or the last one made up to its day (3-2-4 ※2). -#}
{% macro coverage(release, kind, releases) -%}
    {%- set state = namespace(by=none, why='no publication of kind ' ~ kind ~ ' names its fingerprint ' ~ release['fingerprint']) -%}
    {%- for row in tokumei.checked_register_rows('publications') if row['kind'] == kind and row['dataset'] == release['dataset'] and row['fingerprint'] == release['fingerprint'] -%}
        {%- set missing = tokumei._what_is_missing(row, release, releases) -%}
        {%- if missing is none -%}
            {%- set state.by = row -%}
            {%- set state.why = none -%}
        {%- elif state.by is none -%}
            {%- set state.why = missing -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return({'by': state.by, 'why': state.why}) -}}
{%- endmacro %}

{% macro _what_is_missing(row, release, releases) -%}
    {%- if tokumei.register_items(row['items']) | sort != tokumei.released_items(release) | sort -%}
        {{- return('its publication of kind ' ~ row['kind'] ~ ' names other items') -}}
    {%- elif row['published_on'] > tokumei.today() -%}
        {{- return('its publication is of a day to come') -}}
    {%- elif row['continuing'] -%}
    {%- elif row['period_from'] is not none -%}
        {%- if not (row['period_from'] <= release['made_on'] <= row['period_to']) -%}
            {{- return('it was made outside the period of its publication') -}}
        {%- endif -%}
    {%- elif tokumei._last_made_by(row, releases) != release['release'] -%}
        {{- return('its publication is of one earlier release, and does not say that creation continues') -}}
    {%- endif -%}
    {%- set from = tokumei.days_after(row['published_on'], row['notice_days']) -%}
    {{- return('the notice days of its publication run until ' ~ from if from > tokumei.today() else none) -}}
{%- endmacro %}

{#- Of the releases with the fingerprint of a publication, the last one made up to its day. -#}
{% macro _last_made_by(row, releases) -%}
    {%- for release in releases if release['fingerprint'] == row['fingerprint'] and release['made_on'] <= row['published_on'] -%}
        {{- return(release['release']) -}}
    {%- endfor -%}
{%- endmacro %}
