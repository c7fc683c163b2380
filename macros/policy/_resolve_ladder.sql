{#- `ladder` of a quasi-identifier: the levels it may be shown at, as the policy names them; none where it names none. -#}
{% macro _resolve_ladder(errors, policy, column, given) -%}
    {%- set kinds = {
        'hierarchy': 'a relation passed to anonymize(hierarchies=[ref(…)])',
        'band': 'a list of widths, each a multiple of the one before',
        'truncate': 'a list of hour, day, month, quarter, year, then numbers of years, each a multiple of the one before',
        'prefix': 'a list of falling numbers of characters',
        'mesh': 'a list of half, 3, 2, 1, in this order',
    } -%}
    {%- if given is none -%}
        {{- return(none) -}}
    {%- endif -%}
    {%- set named = kinds | select('in', given) | list if given is mapping else [] -%}
    {%- if named | length > 1 or given is not mapping -%}
        {%- do tokumei._policy_error(errors, policy['mart'], column, 'ladder names one kind of levels', given if given is not mapping else named | join(', '), kinds, 'search.md') -%}
        {{- return(none) -}}
    {%- endif -%}
    {%- do tokumei._check_keys(errors, policy['mart'], column, given, (kinds | list) + ['levels', 'lowest', 'highest', 'weight']) -%}
    {%- for kind in named if not tokumei._is_ladder(kind, given[kind], policy) -%}
        {%- do tokumei._policy_error(errors, policy['mart'], column, 'ladder: ' ~ kind, given[kind], kinds[kind], 'search.md') -%}
    {%- endfor -%}
    {%- if 'levels' in given and ('hierarchy' not in given or not tokumei._is_texts(given['levels'])) -%}
        {%- do tokumei._policy_error(errors, policy['mart'], column, 'ladder: levels', given['levels'], 'with hierarchy: its columns, from fine to coarse', 'search.md') -%}
    {%- endif -%}
    {%- set weight = given.get('weight', 1) -%}
    {%- if weight is boolean or weight is not number or weight < 0 -%}
        {%- do tokumei._policy_error(errors, policy['mart'], column, 'ladder: weight', weight, 'a number of 0 or more', 'search.md') -%}
    {%- endif -%}
    {{- return(given) -}}
{%- endmacro %}

{% macro _is_texts(value) -%}
    {{- return(value is sequence and value is not string and value | length > 0 and value | reject('string') | list | length == 0) -}}
{%- endmacro %}

{#- Whether each level lies in the next: what nests by arithmetic is checked here, a hierarchy in the warehouse. -#}
{% macro _is_ladder(kind, levels, policy) -%}
    {%- if kind == 'hierarchy' -%}
        {{- return(levels in (policy['lookups'] | map(attribute='name') | list)) -}}
    {%- elif levels is string or levels is mapping or levels is not sequence or levels | length == 0 -%}
        {{- return(false) -}}
    {%- endif -%}
    {%- if kind == 'band' -%}
        {{- return(tokumei._are_multiples(levels)) -}}
    {%- elif kind == 'prefix' -%}
        {{- return(levels | reject('integer') | list == [] and levels | select('boolean') | list == [] and levels | min > 0 and levels | unique | sort(reverse=true) == levels) -}}
    {%- elif kind == 'mesh' -%}
        {{- return(['half', 3, 2, 1] | select('in', levels) | list == levels) -}}
    {%- endif -%}
    {%- set units = levels | select('string') | list -%}
    {%- set years = levels | reject('string') | list -%}
    {{- return(
        units + years == levels and ['hour', 'day', 'month', 'quarter', 'year'] | select('in', units) | list == units
        and (not years or years | reject('integer') | list == [] and tokumei._are_multiples(years))
    ) -}}
{%- endmacro %}

{#- Numbers above 0, each a multiple of the one before and larger. -#}
{% macro _are_multiples(numbers) -%}
    {%- for number in numbers -%}
        {%- if number is boolean or number is not number or number <= 0 -%}
            {{- return(false) -}}
        {%- elif not loop.first -%}
            {%- set ratio = number / numbers[loop.index0 - 1] -%}
            {%- if ratio < 1.5 or (ratio - ratio | round) | abs > 1e-9 -%}
                {{- return(false) -}}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(true) -}}
{%- endmacro %}
