{#- candidate → audits → view switched, with the log rows, in one transaction: on any failure nothing has changed. What
    is not published is shown to the building role alone. -#}
{% materialization anonymized, default %}
    {#- The dataset was judged when the model was compiled; a model that did not ask is refused. -#}
    {%- set policy = tokumei.mart_policy(model['unique_id'], alone=true) -%}
    {%- do tokumei.refuse_bypasses(policy, sql, post_hooks) -%}
    {%- do tokumei.check_source_columns(policy) -%}
    {%- do tokumei.check_drift(policy) -%}
    {{ run_hooks(pre_hooks, inside_transaction=false) }}

    {%- set mart = this.incorporate(type='view') -%}
    {%- set release = tokumei.private_relation(tokumei.release_identifier(policy['mart'])) -%}
    {%- do tokumei.run_statement('select 1 as opened') -%}
    {{ run_hooks(pre_hooks, inside_transaction=true) }}
    {%- set candidate = tokumei.candidate_identifier(policy) -%}
    {%- set facts = tokumei.build_release(policy, tokumei.private_relation(candidate)) -%}
    {%- do tokumei.enforce_contract(policy, tokumei.private_relation(candidate)) -%}
    {%- set scene = tokumei.gate_scene(policy, mart, candidate, facts) -%}
    {%- set findings = tokumei.run_audits(tokumei.candidate_audits(), policy, scene) -%}
    {%- do findings.extend(tokumei.run_attacks(policy, scene)) -%}
    {%- do tokumei.refuse_violations(policy, findings) -%}
    {%- if policy.get('risk') -%}
        {%- do scene.update({'measures': tokumei.measure_release(policy, scene)}) -%}
    {%- endif -%}
    {%- if policy['synthetic_share'] -%}
        {%- do tokumei.mix_synthetic(policy, release, facts) -%}
        {%- do facts['stages'].append(tokumei.private_relation(candidate)) -%}
        {%- do scene.update({'types': tokumei.column_types(tokumei._private_api_relation(tokumei.release_identifier(policy['mart'])))}) -%}
    {%- endif -%}

    {%- do tokumei.sql_lock_dataset(policy['dataset']) -%}
    {#- What readers see is replaced when the run ends, by all marts of the dataset at once and if a publication covers it. -#}
    {%- set waits = tokumei.serves_readers(policy) -%}
    {%- set at_once = tokumei.sql_has_transactions() -%}
    {%- if not waits -%}
        {%- set mart_seen = mart if at_once else tokumei.rehearsal(policy) -%}
        {%- do tokumei.switch_mart(policy, mart_seen, release) -%}
        {%- do scene.update({'view': mart_seen}) -%}
    {%- endif -%}
    {%- do scene.update({'released': release, 'shown': none if waits else tokumei.column_types(scene['view']) | list}) -%}
    {%- do findings.extend(tokumei.run_audits(tokumei.mart_audits(), policy, scene)) -%}
    {%- do tokumei.refuse_violations(policy, findings) -%}
    {%- do tokumei.log_release(policy, scene, findings) -%}
    {%- if not waits and not at_once -%}
        {#- Audited and logged before anybody sees it: docs/decisions/0029. -#}
        {%- do tokumei.refuse_lost_key(policy) -%}
        {%- do tokumei.switch_mart(policy, mart, release) -%}
        {%- do tokumei.run_statement(tokumei.sql_drop_view(scene['view'])) -%}
    {%- endif -%}
    {%- set drops = [] -%}
    {%- for stage in facts['stages'] -%}{%- do drops.append('drop table ' ~ stage) -%}{%- endfor -%}
    {%- do tokumei.run_statements(drops) -%}
    {%- do tokumei.drop_old_releases(policy) -%}
    {%- do tokumei.refuse_lost_key(policy) -%}
    {%- do adapter.commit() -%}
    {{ return({'relations': [mart]}) }}
{% endmaterialization %}
