{#- A query without the named queries that are marked to be reckoned once: each is made a table of its own, with what was named
    before it, and read from there. Returns the query and the tables, which the caller drops. The SQL is the package's own:
    `name as (`, one after the other behind `with`. -#}
{% macro _spark_hoisted(sql, refused) -%}
    {%- set pattern = "'(?:[^'\\\\]|\\\\[\\s\\S])*'|`[^`]*`|\\bwith\\b|\\w+ as (?:/\\* once \\*/ )?\\(|[(),]|\\w+|[^\\w'`(),]+" -%}
    {%- set state = namespace(out=[], frames=[], depth=0, tables=[]) -%}
    {%- for token in modules.re.findall(pattern, sql) -%}
        {%- set frame = state.frames[-1] if state.frames else none -%}
        {%- if token == 'with' -%}
            {%- do state.frames.append({'depth': state.depth, 'named': [], 'wanted': true, 'begun': none}) -%}
            {%- do state.out.append(token) -%}
        {%- elif token[-4:] in ['as (', '*/ ('] and frame and frame['wanted'] and frame['depth'] == state.depth -%}
            {%- do frame.update({'wanted': false, 'begun': state.out | length, 'once': '/* once */' in token}) -%}
            {%- do state.out.append(token.split(' ')[0] ~ ' as (') -%}
            {%- set state.depth = state.depth + 1 -%}
        {%- elif token[-1:] == '(' -%}
            {%- do state.out.append(token) -%}
            {%- set state.depth = state.depth + 1 -%}
        {%- elif token == ')' -%}
            {%- set state.depth = state.depth - 1 -%}
            {%- if frame and frame['depth'] > state.depth -%}
                {%- do state.frames.pop() -%}
                {%- set frame = state.frames[-1] if state.frames else none -%}
            {%- endif -%}
            {%- do state.out.append(token) -%}
            {%- if frame and frame['begun'] is not none and frame['depth'] == state.depth -%}
                {%- do tokumei._spark_end_named(state, frame, refused) -%}
            {%- endif -%}
        {%- else -%}
            {%- if token == ',' and frame and frame['depth'] == state.depth and frame['begun'] is none and frame['named'] and frame['last'] == state.out | length -%}
                {%- do frame.update({'wanted': true}) -%}
            {%- endif -%}
            {%- do state.out.append(token) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return([state.out | join, state.tables]) -}}
{%- endmacro %}

{#- A named query is complete: its text stands behind `begun`. -#}
{% macro _spark_end_named(state, frame, refused) -%}
    {%- set named = state.out[frame['begun']:] | join -%}
    {%- if frame['once'] -%}
        {%- set name = named.split(' ')[0] -%}
        {%- set before = [] -%}
        {%- for one in state.frames -%}{%- do before.extend(one['named']) -%}{%- endfor -%}
        {%- set table = tokumei.sql_stage(model['name'] if model is mapping else 'query', 'once_' ~ local_md5(named ~ before | join)[:12]) -%}
        {%- if table not in state.tables -%}
            {#- An operation may be the first that needs it. -#}
            {%- if not state.tables and ((model if model is mapping else {}).get('config') or {}).get('materialized') != 'anonymized' -%}
                {%- do tokumei.sql_create_private_schema() -%}
            {%- endif -%}
            {%- do tokumei.sql_run_silently('create table ' ~ table ~ ' as\n' ~ ('with ' ~ before | join(',\n') ~ '\n' if before else '') ~ 'select * from ' ~ named[(name | length) + 4:] ~ ' as ' ~ name, refused) -%}
            {%- do state.tables.append(table) -%}
        {%- endif -%}
        {%- set named = name ~ ' as (select * from ' ~ table ~ ')' -%}
        {%- set state.out = state.out[:frame['begun']] + [named] -%}
    {%- endif -%}
    {%- do frame['named'].append(named) -%}
    {%- do frame.update({'begun': none, 'last': state.out | length}) -%}
{%- endmacro %}
