{#- One form for what a person reads as the same: width, case, kana, separators, leading zeros and a trailing .0 do not
    count. Used to compare identifiers with published values, never to publish. -#}
{% macro sql_normalise(expression) -%}
    {{- return(adapter.dispatch('sql_normalise', 'tokumei')(expression)) -}}
{%- endmacro %}

{#- DuckDB composes (NFC) but has no NFKC, and its translate() is slow: only values with full-width, half-width or
    hiragana characters take the long way. -#}
{% macro duckdb__sql_normalise(expression) -%}
    {%- set text = 'cast(' ~ expression ~ ' as text)' -%}
    {%- set wide = tokumei._wide_forms() -%}
    {%- set kana = tokumei._kana() -%}
    {%- set folded = 'nfc_normalize(translate(' ~ text ~ ', ' ~ wide['from'] ~ ', ' ~ wide['to'] ~ '))' -%}
    {%- set folded = 'translate(' ~ folded ~ ", '" ~ kana['hiragana'] ~ "', '" ~ kana['katakana'] ~ "')" -%}
    {%- set chosen = 'case when regexp_matches(' ~ text ~ ", '[ぁ-ゔｦ-ﾟ！-～\u3099\u309a\u0300-\u036f]') then " ~ folded ~ ' else ' ~ text ~ ' end' -%}
    {{- return("ltrim(regexp_replace(lower(" ~ chosen ~ "), '(\\.0+$)|[^\\pL\\pN@]+|ー', '', 'g'), '0')") -}}
{%- endmacro %}

{#- PostgreSQL's regular expressions know letters only as its locale does, so separators are listed; translate() drops
    the characters that have no counterpart. -#}
{% macro postgres__sql_normalise(expression) -%}
    {%- set kana = tokumei._kana() -%}
    {{- return(
        "ltrim(translate(lower(regexp_replace(normalize(cast(" ~ expression ~ " as text), NFKC), '\\.0+$', '')), '"
        ~ kana['hiragana'] ~ "' || " ~ tokumei._separators() ~ ", '" ~ kana['katakana'] ~ "'), '0')"
    ) -}}
{%- endmacro %}

{% macro _kana() -%}
    {{- return({
        'hiragana': 'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔ',
        'katakana': 'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴ',
    }) -}}
{%- endmacro %}

{% macro _separators() -%}
    {{- return("' 　!#$%&()*+,-./:;<=>?[]^_`{|}~¡¿·‐‑‒–—―‘’“”•…−、。〈〉《》「」『』【】〔〕〜・ー｡｢｣､･|\\''\"'") -}}
{%- endmacro %}

{% macro _wide_forms() -%}
    {{- return({
        'from': "'０１２３４５６７８９ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ＠．－＿＋ｦｧｨｩｪｫｬｭｮｯｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ'",
        'to': "'0123456789abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz@.-_+ヲァィゥェォャュョッアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゙゚'",
    }) -}}
{%- endmacro %}
