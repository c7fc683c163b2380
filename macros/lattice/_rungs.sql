{% macro _rungs(ladder, declared, step) -%}
    {%- set rungs = [] -%}
    {%- set kind = ladder['kind'] -%}
    {%- if kind == 'mesh' -%}
        {%- do rungs.extend(tokumei._mesh_rungs(ladder, declared, step)) -%}
    {%- else -%}
        {%- do rungs.append({'name': 'source', 'kind': 'base', 'argument': none, 'treat': []}) -%}
    {%- endif -%}
    {%- if kind == 'hierarchy' -%}
        {%- for level in ladder['levels'] -%}
            {%- do rungs.append({'name': level, 'kind': 'hierarchy', 'argument': loop.index, 'treat': [{'lookup': {'hierarchy': ladder['hierarchy'], 'to': level}}]}) -%}
        {%- endfor -%}
    {%- elif kind == 'band' -%}
        {%- set width = step['arguments']['width'] if step else 1 -%}
        {%- for width in declared.get('band') or [width, 2 * width, 4 * width, 8 * width] -%}
            {%- do rungs.append({'name': width | string, 'kind': 'band', 'argument': width, 'treat': [{'band': width}]}) -%}
        {%- endfor -%}
    {%- elif kind == 'truncate' -%}
        {%- set hours = ['hour'] if step and step['arguments'].get('unit') == 'hour' else [] -%}
        {%- for unit in declared.get('truncate') or hours + ['day', 'month', 'quarter', 'year', 5, 10, 20] -%}
            {%- if unit is string -%}
                {%- do rungs.append({'name': unit, 'kind': 'truncate', 'argument': unit, 'treat': [{'truncate': unit}]}) -%}
            {%- else -%}
                {%- do rungs.append({'name': unit ~ ' years', 'kind': 'years', 'argument': unit, 'treat': [{'truncate': 'year'}, {'band': unit}]}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- elif kind == 'prefix' -%}
        {%- for characters in declared.get('prefix') or range(step['arguments']['characters'], 0, -1) -%}
            {%- do rungs.append({'name': characters | string, 'kind': 'prefix', 'argument': characters, 'treat': [{'prefix': characters}]}) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- do rungs.append({'name': '*', 'kind': 'suppressed', 'argument': none, 'treat': none}) -%}
    {%- for rung in rungs -%}
        {%- do rung.update({'number': loop.index0}) -%}
    {%- endfor -%}
    {{- return(rungs) -}}
{%- endmacro %}

{#- A coarser cell is a shorter code: the base is the finest mesh, because two coordinates are no value. -#}
{% macro _mesh_rungs(ladder, declared, step) -%}
    {%- if step is none -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ ladder['column'] ~ ': a ladder of mesh needs to know lat and lon; got no treat; allowed: treat: [{mesh: {level: …, lat: …, lon: …}}]; see docs/search.md') -%}
    {%- endif -%}
    {%- set characters = {'half': 9, 3: 8, 2: 6, 1: 4} -%}
    {%- set levels = declared.get('mesh') or ['half', 3, 2, 1] -%}
    {%- set rungs = [] -%}
    {%- for level in levels -%}
        {%- set arguments = {'level': level, 'lat': step['arguments']['lat'], 'lon': step['arguments']['lon']} -%}
        {%- if loop.first -%}
            {%- do ladder.update({'base': [{'name': 'mesh', 'arguments': arguments, 'whole_column': false}]}) -%}
        {%- endif -%}
        {%- do rungs.append({'name': level | string, 'kind': 'base' if loop.first else 'prefix', 'argument': characters[level], 'treat': [{'mesh': arguments}]}) -%}
    {%- endfor -%}
    {{- return(rungs) -}}
{%- endmacro %}

{#- The value of a rung, of the base value `met.value`. -#}
{% macro _rung_sql(ladder, rung, type) -%}
    {%- set value = tokumei._value('met.value', type) -%}
    {%- set kind = rung['kind'] -%}
    {%- if kind == 'base' -%}
        {{- return('met.value') -}}
    {%- elif kind == 'hierarchy' -%}
        {{- return('leaf.level_' ~ rung['argument']) -}}
    {%- elif kind == 'band' -%}
        {{- return(tokumei.step_band(value, {'width': rung['argument']}, none).sql) -}}
    {%- elif kind == 'truncate' -%}
        {{- return(tokumei.step_truncate(value, {'unit': rung['argument']}, none).sql) -}}
    {%- elif kind == 'years' -%}
        {{- return(tokumei.step_band(tokumei.step_truncate(value, {'unit': 'year'}, none), {'width': rung['argument']}, none).sql) -}}
    {%- elif kind == 'prefix' -%}
        {{- return(tokumei.step_prefix(value, {'characters': rung['argument']}, none).sql) -}}
    {%- endif -%}
    {{- return(tokumei.sql_text('null')) -}}
{%- endmacro %}
