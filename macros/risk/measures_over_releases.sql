{#- The rows of release_risks_log that `condition` (of `logged`) chooses, of the releases that stand, each with its value in the
    release before: what a view on measured risk or use shows. -#}
{% macro measures_over_releases(condition) -%}
with standing as (
    {{ tokumei.releases_with_the_one_before() | indent(4) }}
),

measured as (
    select logged.*
    from {{ tokumei.private_relation('release_risks_log') }} as logged
    where {{ condition }}
)

select
    measured.release_id,
    measured.dataset,
    measured.mart,
    standing.release_no,
    standing.release_no = standing.newest_no as is_current,
    standing.released_at,
    measured.population,
    measured.measure,
    measured.column_names,
    measured.size,
    measured.size_to,
    measured.unit,
    measured.value,
    before.value as value_before,
    measured.value - before.value as change
from measured
inner join standing on measured.release_id = standing.release_id
left join measured as before
    on standing.release_before = before.release_id
    and measured.population = before.population
    and measured.measure = before.measure
    and measured.column_names = before.column_names
    and coalesce(measured.size, 0) = coalesce(before.size, 0)
{%- endmacro %}

{% macro releases_with_the_one_before() -%}
select
    logged.release_id,
    logged.mart,
    logged.release_no,
    logged.released_at,
    lag(logged.release_id) over (partition by logged.mart order by logged.release_no) as release_before,
    max(logged.release_no) over (partition by logged.mart) as newest_no
from {{ tokumei.standing_releases() }} as logged
{%- endmacro %}
