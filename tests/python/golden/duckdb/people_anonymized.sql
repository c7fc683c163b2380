-- people_anonymized: dataset people, k = 5, from people
-- the stages after combinations, up to kept, are run again on what is kept, until no subject leaves
with source as (
    select
        origin."id",
        origin."birth",
        origin."sex",
        origin."city",
        origin."job",
        cast(case when regexp_matches(origin."tokumei_text_birth", '^[0-9]{4}(-[0-9]{1,2}-|/[0-9]{1,2}/)[0-9]{1,2}([ T][0-9]{1,2}:[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?$') and substr(origin."tokumei_text_birth", 1, 4) <> '0000' then try_cast(split_part(origin."tokumei_text_birth", '.', 1) as timestamp) when regexp_matches(origin."tokumei_text_birth", '^([0-9]{4}[ 　]*年[ 　]*[0-9]{1,2}[ 　]*月[ 　]*[0-9]{1,2}[ 　]*日|((明治|[MmＭｍ])[ 　]*(0?[6-9]|[1-9][0-9]{1,2})|(大正|昭和|平成|令和|[TtＴｔSsＳｓHhＨｈRrＲｒ])[ 　]*(元|0?[1-9]|[1-9][0-9]{1,2}))([ 　]*年[ 　]*[0-9]{1,2}[ 　]*月[ 　]*[0-9]{1,2}[ 　]*日|-[0-9]{1,2}-[0-9]{1,2}|/[0-9]{1,2}/[0-9]{1,2}|[.][0-9]{1,2}[.][0-9]{1,2}))([ T][0-9]{1,2}:[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?$') then try_cast(lpad(cast(nullif(case translate(substr(origin."tokumei_text_birth", 1, 1), '明mＭｍ大tＴｔ昭sＳｓ平hＨｈ令rＲｒ', 'MMMMTTTTSSSSHHHHRRRR') when 'M' then 1867 when 'T' then 1911 when 'S' then 1925 when 'H' then 1988 when 'R' then 2018 else 0 end + try_cast(replace(regexp_replace(origin."tokumei_text_birth", '^[^0-9元]*([0-9]+|元)[^0-9]+([0-9]+)[^0-9]+([0-9]+)日?.*$', '\1'), '元', '1') as integer), 0) as text), 4, '0') || split_part(regexp_replace(origin."tokumei_text_birth", '^[^0-9元]*([0-9]+|元)[^0-9]+([0-9]+)[^0-9]+([0-9]+)日?', '-\2-\3'), '.', 1) as timestamp) end as date) as "tokumei_date_birth"
    from (
        select
            origin.*,
            trim(translate(cast(origin."birth" as text), '０１２３４５６７８９．－＋／，', '0123456789.-+/,'), ' 　') as "tokumei_text_birth"
        from "<database>"."<schema>"."people" as origin
    ) as origin
),

"map_prefecture" as (
    select
        met.value as value,
        hierarchy.label as label
    from (
        select distinct source."city" as value
        from source
    ) as met
    left join (
        select
            regexp_replace(trim(translate(cast(leaf."value" as text), '０１２３４５６７８９．－＋／，', '0123456789.-+/,'), ' 　'), '^0*([1-9][0-9]*|0)(\.0+)?$', '\1') as code,
            min(cast(leaf."prefecture" as text)) as label
        from "<database>"."<schema>"."cities" as leaf
        group by 1
    ) as hierarchy on regexp_replace(trim(translate(cast(met.value as text), '０１２３４５６７８９．－＋／，', '0123456789.-+/,'), ' 　'), '^0*([1-9][0-9]*|0)(\.0+)?$', '\1') = hierarchy.code
),

step_1 as (
    select
        source.*,
        cast(extract(year from source."tokumei_date_birth") as integer) as "tokumei_step_1_decade"
    from source
),

step_2 as (
    select
        source.*,
        (cast(floor(cast(nullif(nullif(greatest(least(source."tokumei_step_1_decade", 1000000000000000), -1000000000000000), 1000000000000000), -1000000000000000) as double precision) / 10) as bigint) * 10) as "tokumei_step_2_decade"
    from step_1 as source
),

treated as (
    select
        source."id" as tokumei_subject,
        case when source."tokumei_step_2_decade" <= 1940 then 1940 else source."tokumei_step_2_decade" end as "decade",
        source."sex" as "sex",
        "map_prefecture".label as "prefecture",
        source."job" as "job"
    from step_2 as source
    left join "map_prefecture"
        on source."city" = "map_prefecture".value
),

tokens as (
    select
        person."id" as tokumei_subject,
        sha256((select held.outer_block from tokumei_keys.main."release_key_12a032ce9179c32a" as held where held.invocation_id = '<invocation>') || unhex(sha256((select held.inner_block from tokumei_keys.main."release_key_12a032ce9179c32a" as held where held.invocation_id = '<invocation>') || encode('9:pseudonym,0:,7:subject,' || cast(strlen(regexp_replace(cast(person."id" as text), '^(-?[0-9]+)\.0+$', '\1')) as text) || ':' || regexp_replace(cast(person."id" as text), '^(-?[0-9]+)\.0+$', '\1') || ',')))) as tokumei_token
    from (select distinct "id" from source as every_record) as person
),

combinations as (
    select
        treated.tokumei_subject,
        treated."decade",
        treated."sex",
        treated."prefecture",
        treated."job",
        count(*) as tokumei_records
    from treated
    group by treated.tokumei_subject, treated."decade", treated."sex", treated."prefecture", treated."job"
),

"pool_job" as (
    with counted as (
        select
            alive."job" as value,
            count(distinct alive.tokumei_subject) as subjects
        from combinations as alive
        group by alive."job"
    ),

    marked as (
        select
            counted.value,
            counted.subjects,
            counted.subjects < 10 as hidden
        from counted
    ),

    ranked as (
        select
            marked.value,
            marked.hidden,
            row_number() over rarest as place,
            coalesce(max(marked.subjects) over (rarest rows between unbounded preceding and 1 preceding), 0) as rarer
        from marked
        window rarest as (partition by marked.hidden order by marked.subjects, cast(marked.value as text) nulls last)
    ),

    hidden as (
        select
            count(distinct cast(marked.value as text)) + max(case when marked.value is null then 1 else 0 end) as pooled,
            count(distinct alive.tokumei_subject) as subjects
        from combinations as alive
        inner join marked on alive."job" is not distinct from marked.value and marked.hidden
    )

    select
        ranked.value as key_1,
        true as changed
    from ranked
    cross join hidden
    where ranked.hidden
        or (
            hidden.pooled > 0
            and (
                hidden.pooled + ranked.place - 1 < 2
                or greatest(hidden.subjects, ranked.rarer) < 10
            )
        )
),

recoded as (
    select
        alive."tokumei_subject",
        alive."decade",
        alive."sex",
        alive."prefecture",
        alive."job",
        alive."tokumei_records",
        case when "pool_job".changed then 'その他' else cast(alive."job" as text) end as "tokumei_shown_job",
        coalesce("pool_job".changed, false) as "tokumei_changed_job"
    from combinations as alive
    left join "pool_job"
        on alive."job" is not distinct from "pool_job".key_1
),

classes as (
    select
        recoded."decade",
        recoded."sex",
        recoded."prefecture",
        count(distinct recoded.tokumei_subject) as tokumei_class
    from recoded
    group by recoded."decade", recoded."sex", recoded."prefecture"
    having count(distinct recoded.tokumei_subject) >= 5
),

kept as (
    select recoded.*
    from recoded
    inner join classes
        on recoded."decade" is not distinct from classes."decade"
            and recoded."sex" is not distinct from classes."sex"
            and recoded."prefecture" is not distinct from classes."prefecture"
),

shown_once as (
    select distinct
        every_subject."decade",
        every_subject."sex",
        every_subject."prefecture",
        every_subject."job",
        every_subject."tokumei_shown_job",
        1 as tokumei_records
    from kept as every_subject
),

final as (
    select
        members.tokumei_token as "pseudonym",
        treated."decade" as "decade",
        treated."sex" as "sex",
        treated."prefecture" as "prefecture",
        kept."tokumei_shown_job" as "job"
    from treated
    inner join tokens as members
        on treated.tokumei_subject = members.tokumei_subject
    left join shown_once as kept
        on treated."decade" is not distinct from kept."decade"
            and treated."sex" is not distinct from kept."sex"
            and treated."prefecture" is not distinct from kept."prefecture"
            and treated."job" is not distinct from kept."job"
    where coalesce(kept.tokumei_records, 0) > 0
    order by "pseudonym", "decade", "sex", "prefecture", "job"
)

select "pseudonym", "decade", "sex", "prefecture", "job"
from final
