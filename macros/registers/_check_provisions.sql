{#- 法43条4項・規則37条, 法44条・規則38条: beforehand the recipient was told, and items and means were published. Whether a
    release made here is covered is judged where it is handed out; what was received has no release, so here. -#}
{% macro _check_provisions(rows) -%}
    {%- set wrong = [] -%}
    {%- set made = tokumei.datasets_of_graph() -%}
    {%- set received = tokumei._received_datasets() -%}
    {%- set recipients = tokumei._read_register('recipients')['rows'] | map(attribute='recipient') | list -%}
    {%- set publications = tokumei._read_register('publications')['rows'] -%}
    {%- set today = tokumei.today() -%}
    {%- for row in rows -%}
        {%- set number = row['row'] -%}
        {%- if row['recipient'] is not none and row['recipient'] not in recipients -%}
            {%- do wrong.append([number, 'recipient', 'unknown recipient', 'a recipient of the register recipients']) -%}
        {%- endif -%}
        {%- if row['dataset'] is not none and row['dataset'] not in made + received -%}
            {%- do wrong.append([number, 'dataset', 'neither made here nor received', 'a dataset of a mart, or of the register received']) -%}
        {%- endif -%}
        {%- if row['release'] is not none and (row['dataset'] in received and row['dataset'] not in made) -%}
            {%- do wrong.append([number, 'release', 'nothing was released here', 'empty, for a dataset that was received']) -%}
        {%- elif row['release'] is not none and not modules.re.fullmatch('[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', row['release']) -%}
            {%- do wrong.append([number, 'release', 'not an invocation id', 'invocation_id of the release, or empty for each']) -%}
        {%- endif -%}
        {%- if row['notice_sha256'] is not none and not modules.re.fullmatch('[0-9a-f]{64}', row['notice_sha256']) -%}
            {%- do wrong.append([number, 'notice_sha256', 'not a SHA-256', '64 hexadecimal digits, lower case']) -%}
        {%- endif -%}
        {%- if (row['notified_on'] is none) != (row['notice_sha256'] is none) -%}
            {%- do wrong.append([number, 'notice_sha256' if row['notice_sha256'] is none else 'notified_on', 'a notice has a day and a text', 'both, or neither while not yet notified']) -%}
        {%- endif -%}
        {%- if row['notified_on'] is not none and row['notified_on'] > today -%}
            {%- do wrong.append([number, 'notified_on', 'lies in the future', 'the day of the notice, or empty']) -%}
        {%- endif -%}
        {%- if row['provided_on'] is not none and row['provided_on'] <= today and (row['notified_on'] is none or row['provided_on'] < row['notified_on']) -%}
            {%- do wrong.append([number, 'provided_on', 'lies before the notice', 'on the day of the notice or after it']) -%}
        {%- endif -%}
        {%- if row['dataset'] in received and row['dataset'] not in made and row['provided_on'] is not none
            and not tokumei._received_is_covered(row, rows, publications) -%}
            {%- do wrong.append([number, 'provided_on', 'no publication covers it (法44条)', 'a publication of kind provision of this dataset, with these means, whose notice days have passed']) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(wrong) -}}
{%- endmacro %}

{#- Provision that repeats may rely on one publication only if that says the period, or that provision continues (3-2-5);
    one that says neither covers the first day of provision after its notice days. -#}
{% macro _received_is_covered(provision, provisions, publications) -%}
    {%- set day = provision['provided_on'] -%}
    {%- set alike = publications | selectattr('dataset', 'equalto', provision['dataset']) | selectattr('means', 'equalto', provision['means']) -%}
    {%- for row in alike if row['kind'] == 'provision' and row['published_on'] is not none and row['notice_days'] is not none -%}
        {%- if tokumei.days_between(row['published_on'], day) >= [row['notice_days'], 0] | max -%}
            {%- set earlier = [] -%}
            {%- for other in provisions if other['dataset'] == provision['dataset'] and other['means'] == provision['means'] -%}
                {%- if other['provided_on'] is not none and other['provided_on'] < day
                    and tokumei.days_between(row['published_on'], other['provided_on']) >= [row['notice_days'], 0] | max -%}
                    {%- do earlier.append(other['provided_on']) -%}
                {%- endif -%}
            {%- endfor -%}
            {%- set has_period = row['period_from'] is not none and row['period_to'] is not none -%}
            {%- if row['continuing'] or (has_period and row['period_from'] <= day <= row['period_to']) or (not has_period and not earlier) -%}
                {{- return(true) -}}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(false) -}}
{%- endmacro %}
