{#- What was done to an item, in words that tell nothing reversible: no threshold, no predicate, no unit. -#}
{% macro treatment_outline(column, language) -%}
    {%- set words = {
        'keep': ['加工なし', 'kept'],
        'pseudonymize': ['仮IDへの置換え', 'replaced by a pseudonym'],
        'truncate': ['一般化', 'generalization'],
        'age': ['一般化', 'generalization'],
        'band': ['一般化', 'generalization'],
        'round': ['一般化（丸め）', 'rounding'],
        'prefix': ['一般化', 'generalization'],
        'mesh': ['一般化', 'generalization'],
        'lookup': ['一般化', 'generalization'],
        'add_noise': ['ノイズ付加', 'noise addition'],
        'swap': ['データ交換', 'data swapping'],
        'categorize': ['一般化', 'generalization'],
        'top_code': ['トップコーディング', 'top coding'],
        'bottom_code': ['ボトムコーディング', 'bottom coding'],
        'generalize_rare': ['一般化', 'generalization'],
        'suppress_rare': ['セル削除', 'cell suppression'],
        'microaggregate': ['ミクロアグリゲーション', 'microaggregation'],
        'suppress_listed': ['セル削除', 'cell suppression'],
        'recode label': ['一般化', 'generalization'],
        'recode mean': ['ミクロアグリゲーション', 'microaggregation'],
    } -%}
    {%- set outline = [] -%}
    {%- set names = column['steps'] | map(attribute='name') | list -%}
    {%- if column['recoded'] -%}
        {%- set names = names | reject('equalto', 'keep') | list + ['recode ' ~ column['recoded']] -%}
    {%- endif -%}
    {%- for name in names -%}
        {%- do outline.append(words[name][0 if language == 'ja' else 1]) -%}
    {%- endfor -%}
    {{- return((outline | unique | list) | join('、' if language == 'ja' else ', ')) -}}
{%- endmacro %}
