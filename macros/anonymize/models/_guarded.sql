{#- The columns that l and t guard: the name, what they are shown as, the thresholds, and which of their texts say nothing
    of a subject. -#}
{% macro _guarded(policy) -%}
    {%- set guarded = [] -%}
    {%- set types = {} -%}
    {%- for name, value in tokumei._ordered_values(policy).items() -%}{%- do types.update({name: value['type']}) -%}{%- endfor -%}
    {%- for column in policy['columns'] if column['name'] in policy.get('l', {}) or column['name'] in policy.get('t', {}) -%}
        {%- set recoded = column['steps'] | selectattr('whole_column') | list | length > 0 -%}
        {%- do guarded.append({
            'name': column['name'],
            'shown': 'tokumei_shown_' ~ column['name'] if recoded else column['name'],
            'type': none if recoded else types.get(column['name']),
            'l': policy.get('l', {}).get(column['name']),
            't': policy.get('t', {}).get(column['name']),
            'replacements': tokumei._replacements(column),
            'labels': tokumei._labels_of_steps(column),
        }) -%}
    {%- endfor -%}
    {{- return(guarded) -}}
{%- endmacro %}

{#- The treated values of the columns that are compared by their order, with the type they are known to have. -#}
{% macro _ordered_values(policy) -%}
    {%- set names = [] -%}
    {%- for name, asked in policy.get('t', {}).items() if asked['kind'] == 'ordered' -%}{%- do names.append(name) -%}{%- endfor -%}
    {{- return(tokumei.treatment_plan(policy, names)['values'] if names else {}) -}}
{%- endmacro %}

{#- What a column shows instead of a value: the text of a pool, and of what was in no category. -#}
{% macro _replacements(column) -%}
    {%- set texts = [] -%}
    {%- for step in column['steps'] -%}
        {%- for argument in ['replace_with', 'rest'] if step['arguments'].get(argument) is string -%}
            {%- do texts.append(step['arguments'][argument]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(texts | unique | list) -}}
{%- endmacro %}

{#- Those, and the text that stands for what lies beyond a bound: none has a place among numbers. -#}
{% macro _labels_of_steps(column) -%}
    {%- set texts = tokumei._replacements(column) -%}
    {%- for step in column['steps'] if step['name'] in ['top_code', 'bottom_code'] and step['arguments'].get('label') is string -%}
        {%- do texts.append(step['arguments']['label']) -%}
    {%- endfor -%}
    {{- return(texts | unique | list) -}}
{%- endmacro %}

{#- Whether a value counts towards l: null and replacements do not. -#}
{% macro _counts_towards_l(value, replacements) -%}
    {%- set literals = [] -%}
    {%- for text in replacements -%}{%- do literals.append(tokumei.sql_literal(text)) -%}{%- endfor -%}
    {{- return(value ~ ' is not null' ~ (' and ' ~ tokumei.sql_text(value) ~ ' not in (' ~ literals | join(', ') ~ ')' if literals else '')) -}}
{%- endmacro %}

{#- What a value is ordered by: [number, moment], of which one is null. Of a text, an exponent is read as well, since an
    engine writes one. -#}
{% macro _ordinal(value, type) -%}
    {%- if type in ['integer', 'number'] -%}
        {{- return([value, 'cast(null as ' ~ tokumei.sql_type('timestamp') ~ ')']) -}}
    {%- elif type in ['date', 'timestamp'] -%}
        {{- return(['cast(null as ' ~ tokumei.sql_type('double precision') ~ ')', value]) -}}
    {%- endif -%}
    {%- set written = tokumei._written({'sql': value}) -%}
    {{- return([
        'case when ' ~ tokumei.sql_matches(written, '^[+-]?[0-9]+([.][0-9]+)?(e[+-]?[0-9]+)?$') ~ ' then ' ~ tokumei.sql_try_cast(written, tokumei.sql_type('double precision')) ~ ' end',
        tokumei._as_timestamp(tokumei._value(value, 'text')),
    ]) -}}
{%- endmacro %}

{#- Texts that are no numbers would all lie equally far from everything, and t would hold of anything. -#}
{% macro _check_ordered(policy, shape, kept) -%}
    {%- for column in shape['guarded'] if column['t'] and column['t']['kind'] == 'ordered' -%}
        {%- set row = tokumei.first_row(tokumei._unordered('kept.' ~ tokumei.sql_identifier(column['shown']), kept ~ ' as kept', column['type'], column['labels'])) -%}
        {%- if row[0] > 0 -%}
            {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ '.' ~ column['name'] ~ ': t: ordered needs numbers or dates; got ' ~ row[0] ~ ' values that are neither; allowed: 0, labels and replacements aside; see docs/audits/t_close.md') -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}

{#- Counts the values that are neither numbers nor dates, labels aside. -#}
{% macro _unordered(value, relation, type, labels) -%}
    {%- set ordinal = tokumei._ordinal('shown.value', type) -%}
    {{- return(
        'select count(*) as unordered from (select distinct ' ~ value ~ ' as value from ' ~ relation ~ ') as shown where '
        ~ tokumei._counts_towards_l('shown.value', labels) ~ ' and ' ~ ordinal[0] ~ ' is null and ' ~ ordinal[1] ~ ' is null'
    ) -}}
{%- endmacro %}
