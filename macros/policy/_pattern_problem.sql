{#- Why a regular expression is refused; none where RE2, PostgreSQL and Java read it alike. Read piece by piece: anything
    that is not one of the known pieces, or not in its place, is refused. -#}
{% macro _pattern_problem(pattern) -%}
    {%- if pattern is not string or pattern == '' -%}
        {{- return('it is no text, or an empty one') -}}
    {%- endif -%}
    {%- set state = namespace(problem=none, atom=false, groups=[], closed=1, repeats=1) -%}
    {%- set pieces = modules.re.findall(tokumei._pattern_pieces(), pattern) -%}
    {%- if pieces | join != pattern -%}
        {{- return('engines read it differently') -}}
    {%- endif -%}
    {%- for piece in pieces -%}
        {%- if piece == '(' -%}
            {%- do state.groups.append(state.repeats) -%}
            {%- set state.repeats = 1 -%}
            {%- set state.atom = false -%}
            {%- set state.problem = 'a branch is empty' if pieces[loop.index:loop.index + 1] | first in [')', '|'] else state.problem -%}
        {%- elif piece == ')' -%}
            {%- if not state.groups -%}
                {{- return('a parenthesis is closed that was not opened') -}}
            {%- endif -%}
            {%- set state.closed = state.repeats -%}
            {%- set state.repeats = [state.groups.pop(), state.repeats] | max -%}
            {%- set state.atom = true -%}
        {%- elif piece == '|' -%}
            {%- set state.problem = 'a branch is empty' if loop.first or loop.last or pieces[loop.index] in ['|', ')'] else state.problem -%}
            {%- set state.atom = false -%}
        {%- elif piece in ['^', '$'] -%}
            {%- set state.atom = false -%}
        {%- elif piece in ['*', '+', '?'] or piece.startswith('{') -%}
            {%- if not state.atom -%}
                {{- return('nothing stands before ' ~ piece ~ ', or it was repeated already') -}}
            {%- endif -%}
            {%- set state.atom = false -%}
            {%- if piece.startswith('{') -%}
                {%- set bounds = piece[1:-1].split(',') | reject('equalto', '') | map('int') | list -%}
                {%- set inner = state.closed if pieces[loop.index0 - 1] == ')' else 1 -%}
                {%- set state.repeats = [state.repeats, inner * ([bounds | max, 1] | max)] | max -%}
                {%- set state.problem = 'a repetition {m,n} falls' if bounds | length == 2 and bounds[0] > bounds[1] else state.problem -%}
                {%- set state.problem = 'more than 255 repetitions, those within each other multiplied' if state.repeats > 255 else state.problem -%}
            {%- endif -%}
        {%- else -%}
            {%- set state.problem = tokumei._range_problem(piece) if piece.startswith('[') and state.problem is none else state.problem -%}
            {%- set state.atom = true -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return('a parenthesis is not closed' if state.groups else state.problem) -}}
{%- endmacro %}

{#- The punctuation of ASCII but the underscore, which RE2 takes for a letter. -#}
{% macro _pattern_pieces() -%}
    {%- set escaped = '\\\\[!-/:-@\\[-^`{-~]' -%}
    {%- set in_class = '(?:' ~ escaped ~ '|[^\\[\\]\\\\^&\\x00-\\x1f-](?:-[^\\[\\]\\\\^&\\x00-\\x1f-])?)' -%}
    {{- return(
        escaped ~ '|\\[\\^?' ~ in_class ~ '+\\]|\\{[0-9]{1,3}(?:,[0-9]{0,3})?\\}'
        ~ '|[.()|*+?^$]|[^\\[\\](){}|*+?^$.\\\\\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]'
    ) -}}
{%- endmacro %}

{% macro _pattern_grammar() -%}
    {{- return('literals, . [a-z] (…) | * + ? {m,n} ^ $, and \\ before punctuation alone (in brackets before [ ] \\ ^ & -)') -}}
{%- endmacro %}

{#- Both ends of one kind, so that every engine orders them alike. -#}
{% macro _range_problem(piece) -%}
    {%- for low, high in modules.re.findall('([^\\\\])-(.)', piece[1:-1]) -%}
        {%- set kinds = [] -%}
        {%- for kind in ['0-9', 'a-z', 'A-Z', '０-９', 'ａ-ｚ', 'Ａ-Ｚ', 'ぁ-ゖ', 'ァ-ヺ', 'ｦ-ﾝ'] if modules.re.match('^[' ~ kind ~ ']{2}$', low ~ high) -%}
            {%- do kinds.append(kind) -%}
        {%- endfor -%}
        {%- if not kinds or low > high -%}
            {{- return('a range falls, or is not between two digits, two Latin letters or two kana') -}}
        {%- endif -%}
    {%- endfor -%}
    {{- return(none) -}}
{%- endmacro %}
