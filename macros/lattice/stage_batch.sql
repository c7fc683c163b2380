{#- The nodes of the next wave: first each half of the columns with the others at their highest, then an even draw of what is
    open, as many as make a statement worth its while; the highest first where the bounds are known from the start. A test asks
    for fewer `at_once`, so that a small lattice has many waves too. -#}
{% macro stage_batch(lattice, asked, search, wave) -%}
select node.*
from {{ search['open'] }} as node
{%- if wave == 1 %}
where node.id = node.first_half or node.id = node.second_half
{%- else %}
order by {{ 'node.height desc, ' if asked['by'] in ['loss', 'precision'] }}node.place
limit {{ asked.get('at_once') or [[3000000 // search['combinations'], 400] | min, 60] | max }}
{%- endif %}
{%- endmacro %}
