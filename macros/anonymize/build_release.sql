{#- Builds the candidate from the stages, step by step inside the materialization's transaction. Returns what was measured
    on the way; nothing in it is a value of the data. -#}
{% macro build_release(policy, candidate) -%}
    {%- do tokumei.sql_join_by_hash() -%}
    {%- set shape = tokumei._shape(policy) -%}
    {%- set mart = policy['mart'] -%}
    {%- set at = {
        'origin': tokumei._parent_relation(policy['source']['unique_id']) | string,
        'lookups': tokumei._lookup_relations(policy),
        'maps': {}, 'noises': {}, 'swaps': {}, 'recodes': {}, 'follows': tokumei._followed_releases(policy),
        'recoded': 'recoded', 'classes': 'classes',
    } -%}
    {%- do at.update({'source': tokumei._inline(tokumei.stage_source(policy, at))}) -%}
    {%- set facts = tokumei._count_source(policy, at) -%}
    {%- do facts.update({'candidate': candidate, 'stages': [], 'passes': 1, 'at': at, 'shape': shape}) -%}
    {%- do tokumei._store_source(policy, at, facts) -%}
    {%- set unique = facts['records_in'] == facts['subjects_in'] -%}
    {%- do facts.update({'unique': unique}) -%}
    {%- do tokumei._require_history(policy, unique) -%}
    {%- for column in shape['maps'] -%}
        {%- do at['maps'].update({column['name']: tokumei._store(facts, mart, 'map_' ~ loop.index, tokumei.lookup_map(policy, column, at))}) -%}
        {%- do tokumei._check_map(policy, column, at) -%}
    {%- endfor -%}
    {%- do tokumei._store_treated(policy, at, shape, facts) -%}
    {%- if policy['follows'] -%}
        {%- do at.update({'members': tokumei._store(facts, mart, 'members', tokumei.stage_members(policy, at, shape))}) -%}
    {%- endif -%}
    {%- if shape['classed'] or policy['follows'] -%}
        {%- do tokumei._close_classes(policy, at, shape, facts) -%}
    {%- else -%}
        {%- do facts.update({'records_out': facts['records_in'], 'subjects_out': facts['subjects_in'], 'kept': none}) -%}
    {%- endif -%}
    {%- do at.update({
        'treated': at.get('stored') or tokumei._inline(tokumei.stage_treated(policy, at, shape)),
        'kept': facts['kept'],
        'shown_once': facts['kept'],
    }) -%}
    {%- if not unique -%}
        {%- do tokumei._store_once_a_subject(policy, at, shape, facts) -%}
    {%- endif -%}
    {#- A looked-up column joins as if it were null somewhere: by plain equality a planner may turn the joins of the maps
        round, and multiply the maps with each other before it reads the source. -#}
    {%- set nullable = (shape['maps'] | map(attribute='name') | list) + (facts['nullable'] if shape['classed'] else []) -%}
    {%- do tokumei.sql_share_joins(true) -%}
    {%- do tokumei.run_statement('create table ' ~ candidate ~ ' as\n' ~ tokumei.stage_final(policy, at, shape, unique, nullable) ~ tokumei.sql_analyze(candidate), 'main') -%}
    {%- do tokumei.sql_share_joins(false) -%}
    {%- do tokumei.sql_keep_private(candidate) -%}
    {{- return(facts) -}}
{%- endmacro %}

{#- What stands once a subject, or once a combination, is kept before it is joined with every record: what an engine takes
    for large it would rather not hash, and hash all records instead. -#}
{% macro _store_once_a_subject(policy, at, shape, facts) -%}
    {%- if not policy['follows'] -%}
        {%- do at.update({'tokens': tokumei._store(facts, policy['mart'], 'tokens', tokumei.stage_tokens(policy, at))}) -%}
    {%- endif -%}
    {%- if shape['classed'] -%}
        {%- do at.update({'shown_once': tokumei._store(facts, policy['mart'], 'shown_once', tokumei.stage_shown_once(at, shape))}) -%}
    {%- endif -%}
{%- endmacro %}

{#- recoded → classes → kept on the combinations, until no combination leaves. -#}
{% macro _close_classes(policy, at, shape, facts) -%}
    {%- set unique = facts['unique'] -%}
    {%- do at.update({'treated': at.get('stored') or tokumei._inline(tokumei.stage_treated(policy, at, shape, shape['combined']))}) -%}
    {%- set state = namespace(alive=tokumei._store(facts, policy['mart'], 'combinations', tokumei.stage_combinations(policy, at, shape, unique)), closed=false) -%}
    {%- for recode in shape['recodes'] if recode['kind'] == 'climb' -%}
        {%- do tokumei._check_climb(policy, recode, at, state.alive) -%}
    {%- endfor -%}
    {%- set before = tokumei._count_combinations(state.alive, unique, shape['classed']) -%}
    {%- do facts.update({'records_in': before['records'], 'subjects_in': before['subjects'], 'combinations': state.alive}) -%}
    {%- set size = namespace(rows=before['rows'], nullable=before['nullable']) -%}
    {#- Without recodes a class is judged by itself, unless t compares it with what the others leave. -#}
    {%- set repeats = shape['recodes'] or policy['t'] -%}
    {%- set most = 20 if shape['recodes'] | rejectattr('kind', 'equalto', 'local') | list else 100 -%}
    {%- for number in range(1, most + 1) -%}
    {%- if not state.closed -%}
        {%- for recode in shape['recodes'] -%}
            {%- set stage = 'recode_' ~ loop.index ~ '_' ~ number -%}
            {%- do at['recodes'].update({recode['name']: tokumei._store_recode(facts, policy, stage, recode, at, shape, state.alive, unique)}) -%}
        {%- endfor -%}
        {%- set nullable = size.nullable + tokumei._shown_columns(shape) -%}
        {%- set kept = tokumei._store(facts, policy['mart'], 'kept_' ~ number, tokumei._last_of(tokumei.class_stages(policy, at, shape, state.alive, unique, nullable))) -%}
        {%- set after = tokumei._count_combinations(kept, unique, shape['classed']) -%}
        {%- set state.closed = after['rows'] == size.rows or not repeats -%}
        {%- set state.alive = kept -%}
        {%- set size.rows, size.nullable = after['rows'], after['nullable'] -%}
        {%- do facts.update({'passes': number, 'records_out': after['records'], 'subjects_out': after['subjects'], 'kept': kept, 'nullable': after['nullable']}) -%}
    {%- endif -%}
    {%- endfor -%}
    {%- if not state.closed -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ ': suppression did not close in ' ~ most ~ ' passes; coarsen the quasi-identifiers, or the recoded or guarded columns; see docs/audits/k_anonymous.md') -%}
    {%- endif -%}
    {%- do tokumei._check_ordered(policy, shape, state.alive) -%}
{%- endmacro %}
