{#- Today as YYYY-MM-DD where the operator is. No variable moves the clock: that would be a way round the notice days. -#}
{% macro today() -%}
    {%- set zone = var('tokumei_time_zone', 'Asia/Tokyo') -%}
    {%- if zone not in modules.pytz.all_timezones -%}
        {%- do exceptions.raise_compiler_error('tokumei: variable tokumei_time_zone: unknown time zone; got ' ~ zone ~ '; allowed: a name of the IANA database, such as Asia/Tokyo; see docs/registers.md') -%}
    {%- endif -%}
    {{- return(modules.datetime.datetime.now(modules.pytz.timezone(zone)).strftime('%Y-%m-%d')) -}}
{%- endmacro %}

{#- How many days lie between two days, both as YYYY-MM-DD; negative where the second is the earlier. -#}
{% macro days_between(start, end) -%}
    {%- set days = [] -%}
    {%- for day in [start, end] -%}
        {%- do days.append(modules.datetime.datetime.strptime(day, '%Y-%m-%d').toordinal()) -%}
    {%- endfor -%}
    {{- return(days[1] - days[0]) -}}
{%- endmacro %}

{#- A day some days later. -#}
{% macro days_after(day, days) -%}
    {{- return((modules.datetime.date.fromisoformat(day) + modules.datetime.timedelta(days=days)).isoformat()) -}}
{%- endmacro %}
