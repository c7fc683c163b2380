{#- What would go round the gate, or make half a dataset: refused before anything is built. -#}
{% macro refuse_bypasses(policy, sql, post_hooks) -%}
    {%- set reasons = [] -%}
    {%- if post_hooks -%}
        {%- do reasons.append('a post-hook could change what the audits saw; got ' ~ post_hooks | length ~ '; allowed: none') -%}
    {%- endif -%}
    {%- if flags.EMPTY or invocation_args_dict.get('sample') -%}
        {%- do reasons.append('--empty and --sample make no release; got one of them; allowed: a full run') -%}
    {%- endif -%}
    {%- set expected = tokumei.compose(policy, tokumei._parent_relation(policy['source']['unique_id']) | string, tokumei._lookup_relations(policy)) -%}
    {%- if sql | trim != expected | trim -%}
        {%- do reasons.append('the model is more than its anonymize() call; got other SQL; allowed: {{ tokumei.anonymize(ref(…)) }} alone, with the relation that declares the subject') -%}
    {%- endif -%}
    {%- set left = tokumei.unselected_marts(policy['dataset']) -%}
    {%- set followed = policy['follows'] | map(attribute='name') | select('in', left) | list -%}
    {%- if left and tokumei.partial_datasets() and followed -%}
        {%- do reasons.append('it follows what this run leaves as it is, so their pseudonyms would not agree; got a selection without ' ~ followed | join(', ') ~ '; allowed: a selection with it, also of a part of a dataset') -%}
    {%- elif left and not tokumei.partial_datasets() -%}
        {%- do reasons.append('a dataset is released as a whole; got a selection without ' ~ left | join(', ') ~ '; allowed: all marts of ' ~ policy['dataset']) -%}
    {%- elif not reasons and not tokumei.sql_holds_key(policy['dataset']) -%}
        {%- do reasons.append('no key is held for dataset ' ~ policy['dataset'] ~ ' by this run; got none; allowed: the key its on-run-start took, unless another run took over') -%}
    {%- endif -%}
    {%- set elsewhere = tokumei.mart_elsewhere(policy) -%}
    {%- if elsewhere is not none -%}
        {%- do reasons.append('two targets share a private schema, and would take back the releases of each other; got ' ~ tokumei.private_schema() ~ ', which holds those of ' ~ elsewhere ~ '; allowed: a private schema each (tokumei_private_schema), or drop the other mart') -%}
    {%- endif -%}
    {%- if reasons -%}
        {%- set lines = [] -%}
        {%- for reason in reasons -%}{%- do lines.append('tokumei: ' ~ policy['mart'] ~ ': ' ~ reason ~ '; see docs/releases.md') -%}{%- endfor -%}
        {%- do exceptions.raise_compiler_error('\n' ~ lines | join('\n')) -%}
    {%- endif -%}
{%- endmacro %}
