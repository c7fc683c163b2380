{#- One form for what a person reads as the same: width, case, kana, separators, leading zeros and a trailing .0 do not
    count. Used to compare identifiers with published values, never to publish. -#}
{% macro sql_normalise(expression) -%}
    {{- return(adapter.dispatch('sql_normalise', 'tokumei')(expression)) -}}
{%- endmacro %}

{#- DuckDB composes (NFC) but has no NFKC: half- and full-width forms are translated, and plain ASCII takes the short way. -#}
{% macro duckdb__sql_normalise(expression) -%}
    {%- set text = 'lower(cast(' ~ expression ~ ' as text))' -%}
    {%- set plain = "translate(regexp_replace(" ~ text ~ ", '\\.0+$', ''), " ~ tokumei._separators() ~ ", '')" -%}
    {%- set wide = tokumei._wide_forms() -%}
    {%- set folded = "nfc_normalize(translate(" ~ text ~ ", " ~ wide['from'] ~ ", " ~ wide['to'] ~ "))" -%}
    {{- return(
        "ltrim(case when strlen(cast(" ~ expression ~ " as text)) = length(cast(" ~ expression
        ~ " as text)) then " ~ plain ~ " else " ~ tokumei._fold_kana(folded) ~ " end, '0')"
    ) -}}
{%- endmacro %}

{% macro postgres__sql_normalise(expression) -%}
    {%- set folded = 'normalize(cast(' ~ expression ~ ' as text), NFKC)' -%}
    {{- return("ltrim(" ~ tokumei._fold_kana(folded) ~ ", '0')") -}}
{%- endmacro %}

{#- translate() drops the characters that have no counterpart: the separators stand last. -#}
{% macro _fold_kana(expression) -%}
    {%- set hiragana = 'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔ' -%}
    {%- set katakana = 'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴ' -%}
    {{- return(
        "translate(lower(regexp_replace(" ~ expression ~ ", '\\.0+$', '')), '" ~ hiragana ~ "' || "
        ~ tokumei._separators() ~ ", '" ~ katakana ~ "')"
    ) -}}
{%- endmacro %}

{% macro _separators() -%}
    {{- return("' 　-_.,/()・、。‐‑‒–—―−ーｰ－~〜～''\"'") -}}
{%- endmacro %}

{% macro _wide_forms() -%}
    {{- return({
        'from': "'０１２３４５６７８９ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ＠．－＿＋ｦｧｨｩｪｫｬｭｮｯｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ'",
        'to': "'0123456789abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz@.-_+ヲァィゥェォャュョッアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゙゚'",
    }) -}}
{%- endmacro %}
