{#- The policy of a mart as a plain dict, from the graph alone: the same for compile, gate, tests and publication.
    Problems stand in `errors`, all of them. -#}
{% macro _resolve_mart(node) -%}
    {%- set errors = [] -%}
    {%- set meta = tokumei._meta_of(node) -%}
    {%- set parents = tokumei._parents(node) -%}
    {%- set policy = {
        'mart': node['name'],
        'unique_id': node['unique_id'],
        'description': node.get('description') or '',
        'dataset': meta.get('dataset'),
        'scope': meta.get('scope', 'shared'),
        'lookups': parents['lookups'],
        'source': {'columns': {}, 'types': {}, 'descriptions': {}, 'subject': none},
        'errors': errors,
        'open': [],
    } -%}
    {%- do tokumei._check_keys(errors, node['name'], none, meta, ['dataset', 'scope', 'k', 'k_reason', 'max_suppression', 'history', 'max_history', 'synthetic_share', 'where', 'hide_places', 'members_of', 'risk', 'attacks', 'recode', 'l', 't', 'exception', 'identifier_patterns']) -%}
    {%- if policy['dataset'] is not string or policy['dataset'] | trim == '' -%}
        {%- do tokumei._policy_error(errors, node['name'], none, 'dataset', policy['dataset'] or 'nothing', 'the name of the marts that are made and provided together') -%}
    {%- endif -%}
    {%- if policy['scope'] not in ['shared', 'own'] -%}
        {%- do tokumei._policy_error(errors, node['name'], none, 'scope', policy['scope'], ['shared', 'own']) -%}
    {%- endif -%}
    {%- do tokumei._resolve_limits(errors, policy, meta) -%}
    {%- do tokumei._resolve_risk(errors, policy, meta) -%}
    {%- do tokumei._resolve_identifier_patterns(errors, policy, meta) -%}
    {%- if parents['sources'] | length == 1 -%}
        {%- do policy.update({'source': tokumei._resolve_source(errors, node['name'], parents['sources'][0])}) -%}
    {%- else -%}
        {%- do tokumei._policy_error(errors, node['name'], none, 'a mart reads exactly one relation that declares a subject', parents['sources'] | map(attribute='name') | join(', ') or 'none', 'config.meta.tokumei.subject on the relation passed to anonymize()') -%}
    {%- endif -%}
    {%- do policy.update({'subject': policy['source']['subject']}) -%}
    {%- do policy.update({'where': tokumei._resolve_where(errors, policy, meta['where']) if 'where' in meta else []}) -%}
    {%- do policy.update({'hide_places': tokumei._resolve_places(errors, policy, meta['hide_places']) if 'hide_places' in meta else none}) -%}
    {%- do policy.update({'columns': tokumei._resolve_columns(errors, policy, node) if parents['sources'] else []}) -%}
    {%- do tokumei._resolve_models(errors, policy, meta) -%}
    {%- do tokumei._check_items(errors, policy) -%}
    {%- do tokumei._check_microaggregate(errors, policy) -%}
    {%- do policy.update({'follows': tokumei._resolve_follows(errors, policy, node, parents['marts'] | rejectattr('name', 'in', tokumei._beside(meta)) | list, meta)}) -%}
    {%- do policy.update({'token': tokumei._token_column(policy)}) -%}
    {%- do tokumei._resolve_recode(errors, policy, meta.get('recode')) -%}
    {%- do tokumei._resolve_synthetic(errors, policy, meta) -%}
    {%- do tokumei._check_draws_together(errors, policy) -%}
    {%- do policy.update({'attacks': tokumei._resolve_attacks(errors, policy, meta, parents['marts'])}) -%}
    {%- do tokumei._check_dataset(errors, policy) -%}
    {%- do tokumei._check_texts(errors, policy, node, parents) -%}
    {%- do tokumei._check_configs(errors, node) -%}
    {{- return(policy) -}}
{%- endmacro %}

{#- The column of the release table by which persons are counted: the mart's own pseudonym where it shows a whole one. -#}
{% macro _token_column(policy) -%}
    {%- for column in policy['columns'] if column['pseudonym'] and column['from'] == policy['subject'] -%}
        {%- set arguments = (column['steps'] | first)['arguments'] -%}
        {%- if arguments.get('per') is none and arguments.get('bits', 256) == 256 -%}
            {{- return(column['name']) -}}
        {%- endif -%}
    {%- endfor -%}
    {{- return('tokumei_token') -}}
{%- endmacro %}
