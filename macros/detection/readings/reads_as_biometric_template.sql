{#- A template of ISO/IEC 19794 by its first four bytes (FMR finger minutiae, FIR finger image, FAC face, IIR iris, VIR
    vein), as hexadecimal digits or base64, or a feature vector: 64 numbers or more in a row. Templates of makers have no
    form that could be known, nor has anything encrypted. -#}
{% macro reads_as_biometric_template(value) -%}
    {%- set number = '-?[0-9]+([.][0-9]+)?(e[+-]?[0-9]+)?' -%}
    {%- set hexadecimal = '(0x|[\\\\]x)?(464d5200|46495200|46414300|49495200|56495200)[0-9a-f]{16,}$' -%}
    {%- set escaped = '(fmr|fir|fac|iir|vir)[\\\\]x00' -%}
    {%- set base64 = '(rk1sa|rklsa|rkfda|sulsa|vklsa)[a-z0-9+/_-]{16,}=*$' -%}
    {{- return({
        'form': 'length(' ~ value.written ~ ') >= 24',
        'passes': '(' ~ tokumei.sql_matches(value.written, '^(' ~ hexadecimal ~ '|' ~ escaped ~ '|' ~ base64 ~ ')')
            ~ ' or length(' ~ value.written ~ ') >= 127 and ' ~ tokumei.sql_matches(value.written, '^[\\[{(]? *' ~ number ~ '([,; ] *' ~ number ~ '){63,} *[\\])}]?$') ~ ')',
    }) -}}
{%- endmacro %}
