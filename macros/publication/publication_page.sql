{#- dbt --quiet run-operation publication_page --args '{dataset: loyalty}' -#}
{% macro publication_page(dataset, published_on=none, revised_on=none, counts=false) -%}
    {%- do print(tokumei.publication_html(dataset, published_on, revised_on, counts)) -%}
{%- endmacro %}

{#- The same for machines: dbt --quiet run-operation publication_data --args '{dataset: loyalty}' -#}
{% macro publication_data(dataset, published_on=none, revised_on=none, counts=false) -%}
    {%- do tokumei._check_page_arguments(dataset, published_on, revised_on, counts) -%}
    {%- do print(tokumei.publication_json(tokumei.publication_facts(dataset), published_on, revised_on, counts)) -%}
{%- endmacro %}

{#- For one recipient: dbt --quiet run-operation notice --args '{dataset: loyalty, recipient: 株式会社 …}' -#}
{% macro notice(dataset, recipient=none) -%}
    {%- do print(tokumei.notice_text(dataset, recipient)) -%}
{%- endmacro %}

{% macro _check_page_arguments(dataset, published_on, revised_on, counts) -%}
    {%- set errors = [] -%}
    {%- for name, day in [['published_on', published_on], ['revised_on', revised_on]] if day is not none and not tokumei._is_date(day | string) -%}
        {%- do tokumei._policy_error(errors, dataset, none, name, day, 'a date YYYY-MM-DD', 'publication.md') -%}
    {%- endfor -%}
    {%- if counts is not boolean -%}
        {%- do tokumei._policy_error(errors, dataset, none, 'counts', counts, ['true', 'false'], 'publication.md') -%}
    {%- endif -%}
    {%- do tokumei._raise_together(errors) -%}
{%- endmacro %}
