{#- hide_places (3-2-2-5, example 1): what a place is, and what becomes of the points near it; none where it is not asked
    for. The numbers have no defaults. -#}
{% macro _resolve_places(errors, policy, given) -%}
    {%- set mart = policy['mart'] -%}
    {%- set page = 'steps/hide_places.md' -%}
    {%- set keys = ['lat', 'lon', 'at', 'within', 'night', 'workdays', 'regularly', 'trip', 'suppress', 'cells'] -%}
    {%- if given is not mapping -%}
        {%- do tokumei._policy_error(errors, mart, none, 'hide_places is a map', given if given is not none else 'nothing', keys, page) -%}
        {{- return(none) -}}
    {%- endif -%}
    {%- for key in given if key not in keys -%}
        {%- do tokumei._policy_error(errors, mart, none, 'hide_places: unknown key', key, keys, page) -%}
    {%- endfor -%}
    {%- for key in ['lat', 'lon', 'at', 'trip'] if key != 'trip' or 'trip' in given -%}
        {%- do tokumei._check_places_column(errors, policy, key, given.get(key)) -%}
    {%- endfor -%}
    {%- if given.get('lat') is not none and given.get('lat') == given.get('lon') -%}
        {%- do tokumei._policy_error(errors, mart, none, 'hide_places: lat and lon are two columns', given['lat'], none, page) -%}
    {%- endif -%}
    {%- set within = given.get('within') -%}
    {%- if within is boolean or within is not integer or not 10 <= within <= 10000 -%}
        {%- do tokumei._policy_error(errors, mart, none, 'hide_places: within', within if within is not none else 'nothing', 'a whole number of metres from 10 to 10000', page) -%}
    {%- endif -%}
    {%- do tokumei._check_places_hours(errors, policy, given) -%}
    {%- if given.get('suppress') not in ['record', 'cell'] -%}
        {%- do tokumei._policy_error(errors, mart, none, 'hide_places: suppress', given['suppress'] if given.get('suppress') is not none else 'nothing', ['record', 'cell'], page) -%}
    {%- endif -%}
    {%- do tokumei._check_places_cells(errors, policy, given) -%}
    {%- do tokumei._check_places_types(errors, policy, given) -%}
    {%- set places = {} -%}
    {%- for key in keys -%}{%- do places.update({key: given.get(key)}) -%}{%- endfor -%}
    {%- do places.update({'cells': given.get('cells') or []}) -%}
    {{- return(places) -}}
{%- endmacro %}

{% macro _check_places_column(errors, policy, key, name) -%}
    {%- if name is not string or name not in policy['source']['columns'] -%}
        {%- do tokumei._policy_error(errors, policy['mart'], none, 'hide_places: ' ~ key ~ ' is a column of the source', name if name is not none else 'nothing', policy['source']['columns'], 'steps/hide_places.md') -%}
    {%- elif name == policy['subject'] -%}
        {%- do tokumei._policy_error(errors, policy['mart'], none, 'hide_places: ' ~ key ~ ' names the subject', name, none, 'steps/hide_places.md') -%}
    {%- endif -%}
{%- endmacro %}

{#- The hours that make a place, and on how many days. -#}
{% macro _check_places_hours(errors, policy, given) -%}
    {%- set mart = policy['mart'] -%}
    {%- set page = 'steps/hide_places.md' -%}
    {%- if 'night' not in given and 'workdays' not in given and 'trip' not in given -%}
        {%- do tokumei._policy_error(errors, mart, none, 'hide_places: what makes a place', 'nothing', 'at least one of night, workdays, trip', page) -%}
    {%- endif -%}
    {%- for key in ['night', 'workdays'] if key in given and not tokumei._is_hours(given[key], key == 'night') -%}
        {%- do tokumei._policy_error(errors, mart, none, 'hide_places: ' ~ key, given[key] if given[key] is not none else 'nothing',
            'two whole hours [from, up to], 0 to 24' ~ (', which may wrap midnight' if key == 'night' else ', the first before the second'), page) -%}
    {%- endfor -%}
    {%- set regularly = given.get('regularly') -%}
    {%- set judged = 'night' in given or 'workdays' in given -%}
    {%- if judged and (regularly is boolean or regularly is not integer or regularly < 1) -%}
        {%- do tokumei._policy_error(errors, mart, none, 'hide_places: regularly', regularly if regularly is not none else 'nothing', 'a whole number of days of at least 1', page) -%}
    {%- elif not judged and 'regularly' in given -%}
        {%- do tokumei._policy_error(errors, mart, none, 'hide_places: regularly counts days of night or workdays', 'neither', ['night', 'workdays'], page) -%}
    {%- endif -%}
{%- endmacro %}

{% macro _is_hours(hours, may_wrap) -%}
    {%- if hours is string or hours is mapping or hours is not sequence or hours | length != 2 -%}
        {{- return(false) -}}
    {%- endif -%}
    {%- for hour in hours if hour is boolean or hour is not integer or not 0 <= hour <= 24 -%}
        {{- return(false) -}}
    {%- endfor -%}
    {{- return(hours[0] < 24 and (hours[0] < hours[1] or may_wrap and hours[0] > hours[1])) -}}
{%- endmacro %}

{% macro _check_places_cells(errors, policy, given) -%}
    {%- set cells = given.get('cells') -%}
    {%- set page = 'steps/hide_places.md' -%}
    {%- if 'cells' in given and given.get('suppress') == 'record' -%}
        {%- do tokumei._policy_error(errors, policy['mart'], none, 'hide_places: cells belong to suppress: cell', 'suppress: record', none, page) -%}
    {%- endif -%}
    {%- if 'cells' in given and (cells is string or cells is mapping or cells is not sequence or cells | length == 0) -%}
        {%- do tokumei._policy_error(errors, policy['mart'], none, 'hide_places: cells', cells if cells is not none and cells != [] else 'nothing', 'a list of columns of the source', page) -%}
    {%- elif 'cells' in given -%}
        {%- for name in cells -%}
            {%- do tokumei._check_places_column(errors, policy, 'cells', name) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{#- A column of another type would be read as null throughout: nothing would be a place. Also asked of the warehouse. -#}
{% macro _check_places_types(errors, policy, given) -%}
    {%- set judged = given.get('night') or given.get('workdays') -%}
    {%- set wrong = {
        'lat': ['date', 'timestamp'],
        'lon': ['date', 'timestamp'],
        'at': ['integer', 'number'] + (['date'] if judged else []),
    } -%}
    {%- for key, families in wrong.items() if given.get(key) is string and policy['source']['types'].get(given[key]) in families -%}
        {%- do tokumei._policy_error(errors, policy['mart'], none, 'hide_places: ' ~ key ~ ' is read as a ' ~ ('time' if key == 'at' else 'number'), policy['source']['types'][given[key]], ['timestamp', 'text'] if key == 'at' else ['number', 'integer', 'text'], 'steps/hide_places.md') -%}
    {%- endfor -%}
{%- endmacro %}
