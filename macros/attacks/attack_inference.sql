{#- Inference: who knows all quasi-identifiers of a person guesses the value that most in that class have. Over the
    base: always guessing what most in the release have. Over the control: the same guess from the others in the class
    alone, as if the person had not been in the release; what that finds is statistics. -#}
{% macro attack_inference(policy, scene) -%}
{%- set stages = [] -%}
{%- set findings = [] -%}
{%- for name, limits in policy['attacks']['inference'].items() -%}
    {%- set number = loop.index -%}
    {%- do stages.append(tokumei._guesses(policy, scene, policy['columns'] | selectattr('name', 'equalto', name) | first, number)) -%}
    {%- for against in ['base', 'control'] -%}
        {#- No advantage is above 1: what has no limit is measured alone. -#}
        {%- do findings.append(tokumei._reported('over_' ~ against ~ '_' ~ number, limits.get('at_most_over_' ~ against, 1), 'upper')) -%}
    {%- endfor -%}
{%- endfor -%}
with {{ stages | join(',\n\n') }}

{{ findings | join('\nunion all\n') }}
{%- endmacro %}

{#- Guessing one column: the subjects of each value in each class, the value or values most of them have, and how often that
    guess is right. Nulls and replacements are no value to be learnt. -#}
{% macro _guesses(policy, scene, column, number) -%}
{%- set value = 'mart.' ~ tokumei.sql_identifier(column['name']) -%}
{%- set class = 'md5(' ~ tokumei.sql_record_text(tokumei._dataset_columns(policy, scene)) ~ ')' -%}
{%- set replaced = [] -%}
{%- for step in column['steps'] if step['arguments'].get('replace_with') is string -%}
    {%- do replaced.append(tokumei.sql_text(value) ~ ' <> ' ~ tokumei.sql_literal(step['arguments']['replace_with'])) -%}
{%- endfor -%}
held_{{ number }} as {{ tokumei.sql_materialized() }}(
    {%- if scene['unique'] %}
    select {{ class }} as class, {{ value }} as value, {{ tokumei._as_double('count(*)') }} as subjects, {{ tokumei._as_double('count(*)') }} as weight
    from {{ tokumei._joined_dataset(policy, scene) | indent(4) }}
    where {{ ([value ~ ' is not null'] + replaced) | join(' and ') }}
    group by {{ tokumei._lines([class, value], 8) }}
    {%- else %}
    select record.class, record.value, {{ tokumei._as_double('count(*)') }} as subjects, sum(record.weight) as weight
    from (
        select one.*, 1 / {{ tokumei._as_double('count(*) over (partition by one.who)') }} as weight
        from (
            select distinct mart.{{ tokumei.sql_identifier(policy['token']) }} as who, {{ class }} as class, {{ value }} as value
            from {{ tokumei._joined_dataset(policy, scene) | indent(12) }}
            where {{ ([value ~ ' is not null'] + replaced) | join(' and ') }}
        ) as one
    ) as record
    group by record.class, record.value
    {%- endif %}
),

overall_{{ number }} as {{ tokumei.sql_materialized() }}(
    select
        whole.value,
        whole.weight,
        sum(whole.weight) over () as persons,
        row_number() over (order by whole.weight desc, {{ tokumei.sql_text_order('whole.value') }}) as place
    from (select held.value, sum(held.weight) as weight from held_{{ number }} as held group by held.value) as whole
),

leading_{{ number }} as (
    select
        counted.*,
        sum(case when counted.subjects = counted.most then 1 else 0 end) over (partition by counted.class) as leaders,
        max(case when counted.subjects < counted.most then counted.subjects end) over (partition by counted.class) as next
    from (select held.*, max(held.subjects) over (partition by held.class) as most from held_{{ number }} as held) as counted
),

judged_{{ number }} as (
    select
        one.*,
        sum(case when one.subjects = one.next then 1 else 0 end) over (partition by one.class) as followers
    from leading_{{ number }} as one
),

{#- Without the person, a sole leader has one subject less: it leads still, or shares the lead with those behind; any other
    value of a class is behind. Who stands alone in a class leaves the overall guess. -#}
guessed_{{ number }} as (
    select
        coalesce(sum(one.weight), 0) as persons,
        coalesce(sum(case when one.subjects = one.most then one.weight / one.leaders else 0 end) / nullif(sum(one.weight), 0), 0) as success,
        coalesce(sum(one.weight * case
            when one.subjects < one.most or one.leaders > 1 then 0
            when one.next is null and one.most = 1 then case when {{ tokumei.sql_same('one.value', 'overall.value') }} then 1 else 0 end
            when one.next is null or one.most - 1 > one.next then 1
            else 1 / {{ tokumei._as_double('1 + one.followers') }}
        end) / nullif(sum(one.weight), 0), 0) as control,
        coalesce(max(overall.weight / overall.persons), 0) as base
    from judged_{{ number }} as one
    left join overall_{{ number }} as overall on overall.place = 1
)
{%- for against in ['base', 'control'] %},

bounded_{{ against }}_{{ number }} as (
    select
        guessed.persons,
        guessed.success,
        guessed.{{ against }} as base,
        {{ tokumei._wilson('guessed.success', 'guessed.persons', 'lower') }} as success_lower,
        {{ tokumei._wilson('guessed.success', 'guessed.persons', 'upper') }} as success_upper,
        {{ tokumei._wilson('guessed.' ~ against, 'guessed.persons', 'lower') }} as base_lower,
        {{ tokumei._wilson('guessed.' ~ against, 'guessed.persons', 'upper') }} as base_upper
    from guessed_{{ number }} as guessed
),

over_{{ against }}_{{ number }} as (
    select
        {{ tokumei.sql_literal(column['name'] ~ ', over ' ~ against) }} as what,
        cast(null as {{ tokumei.sql_type('text') }}) as named,
        bounded.persons,
        bounded.success,
        bounded.base,
        {{ tokumei._difference_bounds('bounded') }}
    from bounded_{{ against }}_{{ number }} as bounded
    where bounded.persons > 0
)
{%- endfor %}
{%- endmacro %}
