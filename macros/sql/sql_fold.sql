{#- One form for texts that differ in width, in the case of Latin letters, or in hiragana and katakana. Unlike
    sql_normalise it keeps separators, and by a list of its own, because a mart is made by it: engines that take their
    letters from a locale would give different marts. -#}
{% macro sql_fold(expression) -%}
    {{- return(adapter.dispatch('sql_fold', 'tokumei')(expression)) -}}
{%- endmacro %}

{#- Composed (NFC), a half-width ﾊﾞ is one character like バ. -#}
{% macro duckdb__sql_fold(expression) -%}
    {{- return('nfc_normalize(' ~ tokumei._folded_characters(expression) ~ ')') -}}
{%- endmacro %}

{% macro postgres__sql_fold(expression) -%}
    {{- return('normalize(' ~ tokumei._folded_characters(expression) ~ ', NFC)') -}}
{%- endmacro %}

{% macro _folded_characters(expression) -%}
    {%- set forms = tokumei._foldings() -%}
    {{- return('translate(' ~ expression ~ ', ' ~ tokumei.sql_literal(forms['from']) ~ ', ' ~ tokumei.sql_literal(forms['to']) ~ ')') -}}
{%- endmacro %}

{#- Character by character; the marks ﾞ and ﾟ become the combining ones. -#}
{% macro _foldings() -%}
    {{- return({
        'from': 'ABCDEFGHIJKLMNOPQRSTUVWXYZＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ０１２３４５６７８９　！＂＃＄％＆＇（）＊＋，－．／：；＜＝＞？＠［＼］＾＿｀｛｜｝～｡｢｣､･ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖゝゞ',
        'to': 'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz0123456789 !"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン\u3099\u309aァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶヽヾ',
    }) -}}
{%- endmacro %}

{#- A text of the policy, folded while it is compiled where it can be: to be read. -#}
{% macro sql_folded_literal(text) -%}
    {%- set forms = tokumei._foldings() -%}
    {%- set folded = [] -%}
    {%- for character in text -%}
        {%- set place = forms['from'].find(character) -%}
        {%- do folded.append(forms['to'][place] if place >= 0 else character) -%}
    {%- endfor -%}
    {%- set plain = folded | join -%}
    {{- return(tokumei.sql_fold(tokumei.sql_literal(text)) if modules.re.search('[\u0300-\u036f\u3099\u309a]', plain) else tokumei.sql_literal(plain)) -}}
{%- endmacro %}

{#- ICU, which Spark brings for its collations. A null is no text of Java's. -#}
{% macro spark__sql_fold(expression) -%}
    {{- return(tokumei._spark_composed(tokumei._folded_characters(expression), false)) -}}
{%- endmacro %}

{#- NFC, or NFKC if `compatible`; of ASCII both are itself. -#}
{% macro _spark_composed(text, compatible) -%}
    {{- return(
        'case when ' ~ text ~ " rlike '[^\\\\x00-\\\\x7f]' then reflect('com.ibm.icu.text.Normalizer', 'compose', " ~ text ~ ', '
        ~ ('true' if compatible else 'false') ~ ') else ' ~ text ~ ' end'
    ) -}}
{%- endmacro %}
