{#- What a column is proposed to be, and why: {is, because, sure}. Identifiers are proposed by their values or by the
    column's name; the rest by names, by dates and places, and by how few subjects share a value. -#}
{% macro propose_classification(name, family, counts, subject) -%}
    {%- set folded = tokumei._folded_words(name) -%}
    {%- set measured = counts or {} -%}
    {%- set values = measured.get('values', 0) -%}
    {%- if name == subject -%}
        {{- return({'is': 'linking_code', 'because': 'the subject', 'sure': true}) -}}
    {%- endif -%}
    {%- set kind = tokumei._identifier_found(folded, family, measured) -%}
    {%- if kind is not none -%}
        {{- return(kind) -}}
    {%- endif -%}
    {%- set says = tokumei._name_says(folded) -%}
    {%- set key = tokumei._is_key(folded, says, family, measured) -%}
    {%- if family in ['date', 'timestamp'] or (values and measured['days'] >= 0.9 * values) -%}
        {%- set birth = says == 'birth' -%}
        {{- return({'is': 'quasi_identifier', 'because': 'dates' ~ (' of birth, by its name' if birth else ', over 40 years or more, as of births' if measured.get('years', 0) >= 40 else ' of something that happened'), 'sure': birth}) -}}
    {%- elif says == 'free_text' or (says is none and values >= 10 and measured['sentences'] >= 0.5 * values and measured['single'] >= 0.5 * values) -%}
        {{- return({'is': 'free_text', 'because': ('its name, and ' if says == 'free_text' else '') ~ tokumei._share_of_values(measured.get('sentences', 0), values) ~ ' look like sentences', 'sure': true}) -}}
    {%- elif says == 'place' or (family != 'text' and values >= 20 and [measured['latitudes'], measured['longitudes']] | max >= 0.95 * values) -%}
        {{- return({'is': 'quasi_identifier', 'because': 'coordinates' ~ (', by its name' if says == 'place' else ': ' ~ tokumei._share_of_values([measured['latitudes'], measured['longitudes']] | max, values) ~ ' lie in Japan'), 'sure': true}) -}}
    {%- elif key == 'named' -%}
        {{- return({'is': 'linking_code', 'because': 'its name, and ' ~ tokumei._share_of_values(measured['single'], values) ~ ' of one subject each', 'sure': true}) -}}
    {%- elif says == 'sensitive' or (values >= 10 and measured['icd_codes'] >= 0.9 * values and measured['icd_with_point'] >= 0.3 * values) -%}
        {{- return({'is': 'sensitive', 'because': 'its name' if says == 'sensitive' else tokumei._share_of_values(measured['icd_codes'], values) ~ ' read as ICD-10 codes', 'sure': true}) -}}
    {%- elif says in ['quasi_identifier', 'birth'] -%}
        {{- return({'is': 'quasi_identifier', 'because': 'its name', 'sure': true}) -}}
    {%- elif key == 'single' -%}
        {{- return({'is': 'linking_code', 'because': tokumei._share_of_values(measured['single'], values) ~ ' of one subject each', 'sure': false}) -}}
    {%- elif key == 'written' -%}
        {{- return({'is': 'linking_code', 'because': tokumei._share_of_values(measured['as_long'], values) ~ ' are numbers of equal length', 'sure': false}) -}}
    {%- elif values and measured['holders_of_rare'] >= 0.05 * measured['holders'] -%}
        {{- return({'is': 'quasi_identifier', 'because': '%.0f %%' | format(100 * measured['holders_of_rare'] / measured['holders']) ~ ' of the holders hold a value that fewer than 10 hold', 'sure': false}) -}}
    {%- endif -%}
    {{- return({'is': 'attribute', 'because': 'nothing was found' if values else 'nothing was found: no value at all', 'sure': false}) -}}
{%- endmacro %}

{#- The kind with most evidence: the share of values beyond chance, and the column's name. -#}
{% macro _identifier_found(folded, family, measured) -%}
    {%- set best = namespace(score=0, kind=none) -%}
    {%- set values = measured.get('values', 0) -%}
    {%- for kind, known in tokumei.identifier_kinds().items() if family not in ['date', 'timestamp'] -%}
        {%- set passed, form = measured.get(kind, 0), measured.get(kind ~ '_form', 0) -%}
        {%- set expected = known['chance'] * form -%}
        {%- set beyond = (passed - expected) / (1 - known['chance']) / values if values else 0 -%}
        {%- set by_value = passed > 2 + expected + 3 * expected ** 0.5 and beyond >= 0.1 -%}
        {%- set by_name = modules.re.search(known['names'], folded) is not none -%}
        {#- A name or an address that ten share is none, whatever the column is called. -#}
        {%- set shared = kind in ['person_name', 'address'] and values and measured['holders_of_rare'] == 0 -%}
        {%- set score = (beyond if by_value else 0) + (0.5 if by_name and not shared else 0) -%}
        {%- if score > best.score -%}
            {%- set best.score = score -%}
            {%- set best.kind = {'is': known['is'], 'because': (tokumei._share_of_values(passed, values) ~ ' pass as ' if by_value else 'its name alone, ') ~ known['label'] ~ (' (by chance ' ~ '%.0f %%' | format(100 * known['chance']) ~ ' would)' if by_value and known['chance'] else '') ~ ('; its name as well' if by_value and by_name else ''), 'sure': true, 'kind': kind} -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(best.kind) -}}
{%- endmacro %}

{#- named: a name like customer_id, and many values or values of one subject each. single: nearly every value of one subject;
    a whole number only if it is densely numbered, or long and all as long. written: long numbers, all as long. Decimals
    are measurements. -#}
{% macro _is_key(folded, says, family, measured) -%}
    {%- set values = measured.get('values', 0) -%}
    {%- if values < 20 or (family == 'number' and measured['whole'] < 0.95 * values) -%}
        {{- return(none) -}}
    {%- elif modules.re.search(tokumei._names_of_keys(), folded) and (says != 'sensitive' or measured['single'] >= 0.95 * values) and (measured['single'] >= 0.3 * values or values >= 100) -%}
        {{- return('named') -}}
    {%- endif -%}
    {%- set numbers = family != 'text' or measured['whole'] >= 0.95 * values -%}
    {%- set as_long = measured['as_long'] >= 0.95 * values and measured['longest'] >= 8 -%}
    {%- if measured['single'] >= 0.95 * values and (not numbers or as_long or (measured['whole'] >= 0.95 * values and measured['width'] < 3 * values)) -%}
        {{- return('single') -}}
    {%- endif -%}
    {{- return('written' if as_long and measured['whole'] >= 0.95 * values else none) -}}
{%- endmacro %}

{% macro _share_of_values(part, values) -%}
    {{- return('%.0f %% of %s values' | format(100 * part / values if values else 0, '{:,}'.format(values | int))) -}}
{%- endmacro %}
