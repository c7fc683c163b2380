{#- One form for what a person reads as the same: width, case, kana, separators, leading zeros and a trailing .0 do not
    count. Used to compare identifiers with published values, never to publish. -#}
{% macro sql_normalise(expression) -%}
    {{- return(adapter.dispatch('sql_normalise', 'tokumei')(expression)) -}}
{%- endmacro %}

{#- DuckDB composes (NFC) but has no NFKC, and its translate() is slow: only values with full-width, half-width, circled
    or mathematical characters or hiragana take the long way. -#}
{% macro duckdb__sql_normalise(expression) -%}
    {%- set text = 'cast(' ~ expression ~ ' as text)' -%}
    {%- set wide = tokumei._wide_forms() -%}
    {%- set kana = tokumei._kana() -%}
    {%- set plain = 'case when regexp_matches(' ~ text ~ ", '[" ~ tokumei._styled_characters() ~ "]') then " ~ tokumei._unstyled(text) ~ ' else ' ~ text ~ ' end' -%}
    {%- set folded = 'nfc_normalize(translate(' ~ plain ~ ', ' ~ wide['from'] ~ ', ' ~ wide['to'] ~ '))' -%}
    {%- set folded = 'translate(' ~ folded ~ ", '" ~ kana['hiragana'] ~ "', '" ~ kana['katakana'] ~ "')" -%}
    {%- set chosen = 'case when regexp_matches(' ~ text ~ ", '[ぁ-ゔｦ-ﾟ！-～\u3099\u309a\u0300-\u036f" ~ tokumei._styled_characters() ~ "]') then " ~ folded ~ ' else ' ~ text ~ ' end' -%}
    {{- return("ltrim(regexp_replace(lower(" ~ chosen ~ "), '(\\.0+$)|[^\\pL\\pN@]+|[ーｰ]', '', 'g'), '0')") -}}
{%- endmacro %}

{#- Digits and letters in circles, raised or lowered, and mathematical ones: those that NFKC makes one plain character of. -#}
{% macro _styled_characters() -%}
    {{- return('①-⑨⓪⁰⁴-⁹¹²³₀-₉Ⓐ-ⓩ𝐀-𝟿') -}}
{%- endmacro %}

{#- Each alphabet runs from A to z, each row of digits from 0 to 9. -#}
{% macro _unstyled(text) -%}
    {%- set runs = [
        [9312, 9320, '49 + one - 9312'], [9398, 9449, '97 + (one - 9398) % 26'], [8304, 8304, '48'], [8308, 8313, '52 + one - 8308'],
        [8320, 8329, '48 + one - 8320'], [9450, 9450, '48'], [185, 185, '49'], [178, 179, '50 + one - 178'],
        [119808, 120483, '97 + (one - 119808) % 26'], [120782, 120831, '48 + (one - 120782) % 10'],
    ] -%}
    {%- set cases = [] -%}
    {%- for first, last, code in runs -%}
        {%- do cases.append('when one between ' ~ first ~ ' and ' ~ last ~ ' then ' ~ code) -%}
    {%- endfor -%}
    {{- return(
        "array_to_string([chr(cast(case " ~ cases | join(' ') ~ " else one end as integer)) for one in [unicode(sign) for sign in string_split("
        ~ text ~ ", '')]], '')"
    ) -}}
{%- endmacro %}

{#- PostgreSQL's regular expressions know letters only as its locale does, so separators are listed. Its translate() looks at
    the whole list for every character: only values with hiragana, or a character that NFKC makes hiragana of, take that
    way. ASCII is its own NFKC. -#}
{% macro postgres__sql_normalise(expression) -%}
    {%- set kana = tokumei._kana() -%}
    {%- set text = 'cast(' ~ expression ~ ' as text)' -%}
    {%- set composed = 'normalize(' ~ text ~ ', NFKC)' -%}
    {%- set folded = 'case when octet_length(' ~ text ~ ') = length(' ~ text ~ ') then ' ~ text ~ ' when ' ~ text ~ " ~ '[ぁ-ゔゟ🈀]' then translate(" ~ composed ~ ", '" ~ kana['hiragana'] ~ "', '" ~ kana['katakana'] ~ "') else " ~ composed ~ ' end' -%}
    {{- return("ltrim(regexp_replace(lower(" ~ folded ~ "), '(\\.0+$)|[' || " ~ tokumei._separators() ~ " || ']+', '', 'g'), '0')") -}}
{%- endmacro %}

{% macro _kana() -%}
    {{- return({
        'hiragana': 'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔ',
        'katakana': 'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴ',
    }) -}}
{%- endmacro %}

{#- Between the brackets of a regular expression. -#}
{% macro _separators() -%}
    {{- return("' 　!#$%&()*+,\\-./:;<=>?\\[\\]\\^_`{|}~¡¿·‐‑‒–—―‘’“”•…−、。〈〉《》「」『』【】〔〕〜・ー※★☆○●◎◇◆□■△▲▽▼→←↑↓〒♪†‡§¶×÷±°′€£¥￦｡｢｣､･|\\\\\''\"' || " ~ tokumei._unseen_separators()) -}}
{%- endmacro %}

{#- Tabs and ends of lines, soft hyphens, spaces without width, marks of direction. -#}
{% macro _unseen_separators() -%}
    {{- return(
        "U&'\\0009\\000A\\000B\\000C\\000D\\00AD\\061C\\180E\\200B\\200C\\200D\\200E\\200F\\2028\\2029\\202A\\202B\\202C\\202D\\202E\\2060\\2061\\2062\\2063\\2064\\FEFF'"
    ) -}}
{%- endmacro %}

{% macro _separator_signs() -%}
    {{- return(" 　!#$%&()*+,-./:;<=>?[]^_`{|}~¡¿·‐‑‒–—―‘’“”•…−、。〈〉《》「」『』【】〔〕〜・ー※★☆○●◎◇◆□■△▲▽▼→←↑↓〒♪†‡§¶×÷±°′€£¥￦｡｢｣､･|\\'\"") -}}
{%- endmacro %}

{% macro _wide_forms() -%}
    {{- return({
        'from': "'０１２３４５６７８９ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ＠．－＿＋ｦｧｨｩｪｫｬｭｮｯｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ'",
        'to': "'0123456789abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz@.-_+ヲァィゥェォャュョッアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゙゚'",
    }) -}}
{%- endmacro %}

{#- As on PostgreSQL. -#}
{% macro spark__sql_normalise(expression) -%}
    {%- set kana = tokumei._kana() -%}
    {%- set plain = tokumei._spark_composed(tokumei.sql_text(expression), true) -%}
    {%- set unseen = modules.re.sub('\\\\([0-9A-F]{4})', '\\\\u\\1', tokumei._unseen_separators()[2:]) -%}
    {{- return(tokumei.sql_without_zeros(
        'translate(lower(' ~ tokumei.sql_replaced(plain, '\\.0+$', '') ~ "), concat('" ~ kana['hiragana'] ~ "', "
        ~ tokumei.sql_literal(tokumei._separator_signs()) ~ ', ' ~ unseen ~ "), '" ~ kana['katakana'] ~ "')"
    )) -}}
{%- endmacro %}
