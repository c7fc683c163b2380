{#- The columns that attacks name are columns of the mart that can be attacked so. -#}
{% macro _check_attacked_columns(errors, policy, given) -%}
    {%- set mart = policy['mart'] -%}
    {%- set shown = policy['columns'] | rejectattr('pseudonym') | map(attribute='name') | list -%}
    {%- set learnt = policy['columns'] | rejectattr('pseudonym') | rejectattr('quasi_identifier') | map(attribute='name') | list -%}
    {%- set chosen = given['singling_out'].get('columns') if given.get('singling_out') is mapping else none -%}
    {%- if chosen is not none and (chosen is string or chosen is not sequence or not chosen or (chosen | reject('in', shown) | list) or (chosen | unique | list | length) != chosen | length) -%}
        {%- do tokumei._policy_error(errors, mart, none, 'attacks: singling_out: columns', chosen, shown, 'audits/singling_out.md') -%}
    {%- endif -%}
    {%- set inference = given.get('inference') -%}
    {%- if 'inference' in given and (inference is not mapping or not inference) -%}
        {%- do tokumei._policy_error(errors, mart, none, 'attacks: inference', inference, '{column: {at_most_over_base: a share, at_most_over_control: a share}}', 'audits/inference.md') -%}
    {%- elif inference is mapping -%}
        {%- for name, limited in inference.items() -%}
            {%- if name not in learnt -%}
                {%- do tokumei._policy_error(errors, mart, none, 'attacks: inference of a column that the attacker does not know', name, learnt, 'audits/inference.md') -%}
            {%- elif not tokumei._is_limited(limited, ['at_most_over_base', 'at_most_over_control']) -%}
                {%- do tokumei._policy_error(errors, mart, name, 'attacks: inference', limited, '{at_most_over_base: a share, at_most_over_control: a share}, or one of them; a share is 0 or more and below 1', 'audits/inference.md') -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{% macro _check_known_histories(errors, mart, given) -%}
    {%- set histories = given.get('histories') -%}
    {%- set state = namespace(sound=histories is mapping) -%}
    {%- if histories is mapping -%}
        {%- set known = histories.get('known') -%}
        {%- set state.sound = known is sequence and known is not string and known is not mapping and known | length > 0 -%}
        {%- for number in (known if state.sound else []) -%}
            {%- set state.sound = tokumei._is_history({'known': number, 'among': histories.get('among'), 'at_most': histories.get('at_most')}) and (histories | length) == 3 -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if 'histories' in given and not state.sound -%}
        {%- do tokumei._policy_error(errors, mart, none, 'attacks: histories', histories, '{known: [numbers of 1 or more], among: 2 or more, at_most: a share of 0 or more and below 1}', 'audits/histories.md') -%}
    {%- endif -%}
{%- endmacro %}

{#- Whoever declares attacks says whether releases may be subtracted from each other, and why. -#}
{% macro _check_difference_safe(errors, mart, given) -%}
    {%- set said = given.get('difference_safe') -%}
    {%- set waived = said is mapping and (said | list) == ['waive'] and said['waive'] is string and said['waive'] | trim != '' -%}
    {%- if said is not sameas true and not waived -%}
        {%- do tokumei._policy_error(errors, mart, none, 'attacks: difference_safe', said if said is not none else 'nothing', 'true, or {waive: reason}', 'audits/difference_safe.md') -%}
    {%- endif -%}
{%- endmacro %}

{#- Another mart of the dataset with other pseudonyms, passed to anonymize(beside=[…]) so that it is built first. -#}
{% macro _check_linkability(errors, policy, given, passed) -%}
    {%- set mart = policy['mart'] -%}
    {%- set page = 'audits/linkability.md' -%}
    {%- set linkability = given.get('linkability') -%}
    {%- if 'linkability' in given and (linkability is not mapping or not linkability) -%}
        {%- do tokumei._policy_error(errors, mart, none, 'attacks: linkability', linkability, '{another mart: {at_most_over_base: a share, by: {column here: column there}}}', page) -%}
    {%- elif linkability is mapping -%}
        {%- for name, limited in linkability.items() -%}
            {%- set other = passed | selectattr('name', 'equalto', name) | list | first -%}
            {%- if not other -%}
                {%- do tokumei._policy_error(errors, mart, none, 'attacks: linkability with a mart that the SQL does not pass', name, 'anonymize(beside=[ref(…)])', page) -%}
            {%- elif tokumei._meta_of(other).get('dataset') != policy['dataset'] -%}
                {%- do tokumei._policy_error(errors, mart, none, 'attacks: linkability with a mart of another dataset', name, 'a mart of ' ~ policy['dataset'], page) -%}
            {%- elif policy['scope'] != 'own' and tokumei._meta_of(other).get('scope') != 'own' -%}
                {%- do tokumei._policy_error(errors, mart, none, 'attacks: linkability with a mart of the same pseudonyms', name, 'a mart of which one says scope: own', page) -%}
            {%- elif not tokumei._is_limited(limited, ['at_most_over_base'], ['by']) -%}
                {%- do tokumei._policy_error(errors, mart, none, 'attacks: linkability with ' ~ name, limited, '{at_most_over_base: a share, by: {column here: column there}}; a share is 0 or more and below 1', page) -%}
            {%- elif not tokumei.matched_columns(policy, tokumei._resolve_mart(other), limited) -%}
                {%- do tokumei._policy_error(errors, mart, none, 'attacks: linkability with ' ~ name ~ ': by what the two are matched', limited.get('by') or 'no column of one name', 'by: {column here: column there}, no pseudonyms', page) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{#- Pairs of columns by which an attacker matches two marts: those declared, else those of one name; none where one of
    them is not there. -#}
{% macro matched_columns(policy, other, limited) -%}
    {%- set here = policy['columns'] | rejectattr('pseudonym') | map(attribute='name') | list -%}
    {%- set there = other['columns'] | rejectattr('pseudonym') | map(attribute='name') | list -%}
    {%- set by = limited.get('by') -%}
    {%- set pairs = [] -%}
    {%- if by is mapping -%}
        {%- for own, others in by.items() -%}
            {%- if own not in here or others not in there -%}
                {{- return([]) -}}
            {%- endif -%}
            {%- do pairs.append([own, others]) -%}
        {%- endfor -%}
    {%- elif by is none -%}
        {%- for name in here if name in there -%}{%- do pairs.append([name, name]) -%}{%- endfor -%}
    {%- endif -%}
    {{- return(pairs) -}}
{%- endmacro %}
