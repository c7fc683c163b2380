{#- What was left out must not be published as if it were there: no item bears the name, or the short description, of a
    source column that the mart does not take (法43条3項 asks for the items as they are after processing). -#}
{% macro _check_items(errors, policy) -%}
    {%- set source = policy['source'] -%}
    {%- set taken = tokumei._taken_columns(policy) -%}
    {%- set left = {} -%}
    {%- for name in source['columns'] if name not in taken -%}
        {%- for folded in tokumei._names_of_column(source, name) -%}{%- do left.update({folded: name}) -%}{%- endfor -%}
    {%- endfor -%}
    {%- for column in policy['columns'] if column['from'] | string in source['columns'] -%}
        {%- set own = tokumei._names_of_column(source, column['from'] | string) -%}
        {%- for item in column['item'].values() if item is string and item != '' -%}
            {%- set folded = tokumei._folded_name(item) -%}
            {%- if folded in left and folded not in own -%}
                {%- do tokumei._policy_error(errors, policy['mart'], column['name'], 'item bears the name of a source column that is left out (' ~ left[folded] ~ ')', item, 'what the mart shows, in other words', 'publication.md') -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}

{#- Source columns from which some column of the mart is made, by `from` or as an argument of a step. -#}
{% macro _taken_columns(policy) -%}
    {%- set taken = [] -%}
    {%- for column in policy['columns'] -%}
        {%- do taken.append(column['from'] | string) -%}
        {%- for step in column['steps'] -%}
            {%- for argument, kind in tokumei.step_catalog().get(step['name'], {}).get('arguments', {}).items() if kind is string and 'source column' in kind -%}
                {%- do taken.append(step['arguments'].get(argument) | string) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(taken) -}}
{%- endmacro %}

{#- The column's name, its description, and what stands before the description's first mark or bracket. -#}
{% macro _names_of_column(source, name) -%}
    {%- set description = source['descriptions'].get(name, '') -%}
    {%- set short = modules.re.split('[.。．,，、;；:：(（\n]', description)[0] -%}
    {%- set names = [] -%}
    {%- for text in [name, description, short] -%}{%- do names.append(tokumei._folded_name(text)) -%}{%- endfor -%}
    {{- return(names | reject('equalto', '') | unique | list) -}}
{%- endmacro %}

{#- Case, width, kana, spaces, _ and - do not make another name. -#}
{% macro _folded_name(text) -%}
    {%- set forms = tokumei._foldings() -%}
    {%- set plain = namespace(text=(text | lower).translate(''.maketrans(forms['from'], forms['to']))) -%}
    {%- for mark, letters in [
        ['\u3099', ['カキクケコサシスセソタチツテトハヒフヘホウヽ', 'ガギグゲゴザジズゼゾダヂヅデドバビブベボヴヾ']],
        ['\u309a', ['ハヒフヘホ', 'パピプペポ']],
    ] if mark in plain.text -%}
        {%- for letter in letters[0] -%}
            {%- set plain.text = plain.text | replace(letter ~ mark, letters[1][loop.index0]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(modules.re.sub('[\\s_-]', '', plain.text)) -}}
{%- endmacro %}
