-- people_anonymized: dataset people, k = 5, from people
-- the stages after combinations, up to kept, are run again on what is kept, until no subject leaves
with source as (
    select
        origin."id",
        origin."birth",
        origin."sex",
        origin."city",
        origin."job",
        origin."spent",
        origin."ward",
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
        source."job" as "job",
        source."spent" as "spent",
        source."ward" as "ward"
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
        treated."spent",
        treated."ward",
        count(*) as tokumei_records
    from treated
    group by treated.tokumei_subject, treated."decade", treated."sex", treated."prefecture", treated."job", treated."spent", treated."ward"
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
        alive."spent",
        alive."ward",
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
        count(distinct recoded.tokumei_subject) as tokumei_class,
        row_number() over (order by recoded."decade", recoded."sex", recoded."prefecture") as tokumei_class_no
    from recoded
    group by recoded."decade", recoded."sex", recoded."prefecture"
    having count(distinct recoded.tokumei_subject) >= 5
),

classed as (
    select
        recoded.*,
        classes.tokumei_class_no
    from recoded
    inner join classes
        on recoded."decade" is not distinct from classes."decade"
            and recoded."sex" is not distinct from classes."sex"
            and recoded."prefecture" is not distinct from classes."prefecture"
),

"l_job" as (
    select classed.tokumei_class_no
    from classed
    where classed."tokumei_shown_job" is not null and cast(classed."tokumei_shown_job" as text) not in ('その他')
    group by classed.tokumei_class_no
    having count(distinct classed."tokumei_shown_job") >= 2
),

"l_spent" as (
    with counted as (
        select
            classed.tokumei_class_no,
            classed."spent" as value,
            cast(count(distinct classed.tokumei_subject) as double precision) as subjects
        from classed
        where classed."spent" is not null
        group by classed.tokumei_class_no, classed."spent"
    )

    select counted.tokumei_class_no
    from counted
    group by counted.tokumei_class_no
    having ln(sum(counted.subjects)) - sum(counted.subjects * ln(counted.subjects)) / sum(counted.subjects) >= ln(cast(1.5 as double precision)) - 1e-9
),

"l_ward" as (
    with counted as (
        select
            classed.tokumei_class_no,
            classed."ward" as value,
            cast(count(distinct classed.tokumei_subject) as double precision) as subjects
        from classed
        where classed."ward" is not null
        group by classed.tokumei_class_no, classed."ward"
    ),

    ranked as (
        select
            counted.tokumei_class_no,
            counted.subjects,
            row_number() over (partition by counted.tokumei_class_no order by counted.subjects desc) as place
        from counted
    )

    select ranked.tokumei_class_no
    from ranked
    group by ranked.tokumei_class_no
    having max(ranked.subjects) * 1000000 < 3000000 * sum(case when ranked.place >= 2 then ranked.subjects else 0 end)
),

diverse as (
    select classed.*
    from classed
    inner join "l_job" on classed.tokumei_class_no = "l_job".tokumei_class_no
    inner join "l_spent" on classed.tokumei_class_no = "l_spent".tokumei_class_no
    inner join "l_ward" on classed.tokumei_class_no = "l_ward".tokumei_class_no
),

"t_job" as (
    with counted as (
        select
            diverse.tokumei_class_no,
            diverse."tokumei_shown_job" as value,
            cast(count(distinct diverse.tokumei_subject) as double precision) as subjects
        from diverse
        group by diverse.tokumei_class_no, diverse."tokumei_shown_job"
    ),

    everyone as (
        select
            diverse."tokumei_shown_job" as value,
            cast(count(distinct diverse.tokumei_subject) as double precision) as subjects
        from diverse
        group by diverse."tokumei_shown_job"
    ),

    class_shares as (
        select
            counted.tokumei_class_no,
            counted.value,
            counted.subjects / sum(counted.subjects) over (partition by counted.tokumei_class_no) as share
        from counted
    ),

    shares as (
        select
            everyone.value,
            everyone.subjects / sum(everyone.subjects) over () as share
        from everyone
    )

    select class_shares.tokumei_class_no
    from class_shares
    inner join shares on class_shares.value is not distinct from shares.value
    group by class_shares.tokumei_class_no
    having sum(greatest(class_shares.share - shares.share, 0)) <= 0.3 + 1e-9
),

"t_spent" as (
    with counted as (
        select
            diverse.tokumei_class_no,
            diverse."spent" as value,
            cast(count(distinct diverse.tokumei_subject) as double precision) as subjects
        from diverse
        group by diverse.tokumei_class_no, diverse."spent"
    ),

    everyone as (
        select
            diverse."spent" as value,
            cast(count(distinct diverse.tokumei_subject) as double precision) as subjects
        from diverse
        group by diverse."spent"
    ),

    ranked as (
        select
            readable.value,
            row_number() over in_order as place,
            sum(readable.subjects) over (in_order rows unbounded preceding) as up_to
        from (
            select
                everyone.value,
                everyone.subjects,
                case when regexp_matches(trim(translate(cast(everyone.value as text), '０１２３４５６７８９．－＋／，', '0123456789.-+/,'), ' 　'), '^[+-]?[0-9]+([.][0-9]+)?(e[+-]?[0-9]+)?$') then try_cast(trim(translate(cast(everyone.value as text), '０１２３４５６７８９．－＋／，', '0123456789.-+/,'), ' 　') as double precision) end as number,
                case when regexp_matches(trim(translate(cast(everyone.value as text), '０１２３４５６７８９．－＋／，', '0123456789.-+/,'), ' 　'), '^[0-9]{4}(-[0-9]{1,2}-|/[0-9]{1,2}/)[0-9]{1,2}([ T][0-9]{1,2}:[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?$') and substr(trim(translate(cast(everyone.value as text), '０１２３４５６７８９．－＋／，', '0123456789.-+/,'), ' 　'), 1, 4) <> '0000' then try_cast(split_part(trim(translate(cast(everyone.value as text), '０１２３４５６７８９．－＋／，', '0123456789.-+/,'), ' 　'), '.', 1) as timestamp) when regexp_matches(trim(translate(cast(everyone.value as text), '０１２３４５６７８９．－＋／，', '0123456789.-+/,'), ' 　'), '^([0-9]{4}[ 　]*年[ 　]*[0-9]{1,2}[ 　]*月[ 　]*[0-9]{1,2}[ 　]*日|((明治|[MmＭｍ])[ 　]*(0?[6-9]|[1-9][0-9]{1,2})|(大正|昭和|平成|令和|[TtＴｔSsＳｓHhＨｈRrＲｒ])[ 　]*(元|0?[1-9]|[1-9][0-9]{1,2}))([ 　]*年[ 　]*[0-9]{1,2}[ 　]*月[ 　]*[0-9]{1,2}[ 　]*日|-[0-9]{1,2}-[0-9]{1,2}|/[0-9]{1,2}/[0-9]{1,2}|[.][0-9]{1,2}[.][0-9]{1,2}))([ T][0-9]{1,2}:[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?$') then try_cast(lpad(cast(nullif(case translate(substr(trim(translate(cast(everyone.value as text), '０１２３４５６７８９．－＋／，', '0123456789.-+/,'), ' 　'), 1, 1), '明mＭｍ大tＴｔ昭sＳｓ平hＨｈ令rＲｒ', 'MMMMTTTTSSSSHHHHRRRR') when 'M' then 1867 when 'T' then 1911 when 'S' then 1925 when 'H' then 1988 when 'R' then 2018 else 0 end + try_cast(replace(regexp_replace(trim(translate(cast(everyone.value as text), '０１２３４５６７８９．－＋／，', '0123456789.-+/,'), ' 　'), '^[^0-9元]*([0-9]+|元)[^0-9]+([0-9]+)[^0-9]+([0-9]+)日?.*$', '\1'), '元', '1') as integer), 0) as text), 4, '0') || split_part(regexp_replace(trim(translate(cast(everyone.value as text), '０１２３４５６７８９．－＋／，', '0123456789.-+/,'), ' 　'), '^[^0-9元]*([0-9]+|元)[^0-9]+([0-9]+)[^0-9]+([0-9]+)日?', '-\2-\3'), '.', 1) as timestamp) end as moment
            from everyone
        ) as readable
        where (readable.number is not null or readable.moment is not null)
            and readable.value is not null
        window in_order as (order by readable.number, readable.moment, cast(readable.value as text))
    ),

    summed as (
        select
            ranked.place,
            ranked.up_to,
            sum(ranked.up_to) over (order by ranked.place) as area
        from ranked
    ),

    alive as (
        select
            coalesce(max(ranks.places), 0) as places,
            coalesce(max(ranks.ranked), 0) as ranked,
            coalesce(max(ranks.area), 0) as area,
            sum(everyone.subjects) as subjects
        from everyone
        cross join (
            select count(*) as places, max(summed.up_to) as ranked, max(summed.area) as area
            from summed
        ) as ranks
    ),

    steps as (
        select
            counted.tokumei_class_no,
            counted.subjects,
            ranked.place,
            sum(counted.subjects) over (partition by counted.tokumei_class_no order by ranked.place) as up_to,
            sum(counted.subjects) over (partition by counted.tokumei_class_no) as ranked,
            lead(ranked.place) over (partition by counted.tokumei_class_no order by ranked.place) - 1 as last_place
        from counted
        inner join ranked on counted.value is not distinct from ranked.value
    ),

    met as (
        select
            reached.tokumei_class_no,
            reached.place,
            max(reached.rank) over (order by reached.subjects, reached.own rows unbounded preceding) as met_place
        from (
            select null as tokumei_class_no, null as place, summed.up_to as subjects, summed.place as rank, 0 as own
            from summed
            union all
            select steps.tokumei_class_no, steps.place, floor(steps.up_to * alive.ranked / steps.ranked) as subjects, null as rank, 1 as own
            from steps
            cross join alive
        ) as reached
    ),

    ranked_classes as (
        select
            steps.tokumei_class_no,
            max(steps.ranked) as ranked,
            (
                max(steps.ranked) * max(alive.area)
                - max(alive.ranked) * sum(steps.subjects * (alive.places - steps.place + 1))
                + 2 * coalesce(sum(case when until.place >= steps.place then
                    (until.place - steps.place + 1) * steps.up_to * alive.ranked - steps.ranked * (until.area - since.area + since.up_to)
                end), 0)
            ) / max(steps.ranked * alive.ranked * greatest(alive.places - 1, 1)) as distance
        from steps
        cross join alive
        inner join met on steps.tokumei_class_no = met.tokumei_class_no and steps.place = met.place
        inner join summed as since on steps.place = since.place
        left join summed as until on least(coalesce(met.met_place, 0), coalesce(steps.last_place, alive.places)) = until.place
        group by steps.tokumei_class_no
    )

    select sized.tokumei_class_no
    from (
        select counted.tokumei_class_no, sum(counted.subjects) as subjects
        from counted
        group by counted.tokumei_class_no
    ) as sized
    cross join alive
    left join ranked_classes on sized.tokumei_class_no = ranked_classes.tokumei_class_no
    where abs(coalesce(ranked_classes.ranked, 0) / sized.subjects - alive.ranked / alive.subjects)
        + least(coalesce(ranked_classes.ranked, 0) / sized.subjects, alive.ranked / alive.subjects) * coalesce(ranked_classes.distance, 0)
        <= 0.2 + 1e-9
),

kept as (
    select diverse.*
    from diverse
    inner join "t_job" on diverse.tokumei_class_no = "t_job".tokumei_class_no
    inner join "t_spent" on diverse.tokumei_class_no = "t_spent".tokumei_class_no
),

shown_once as (
    select distinct
        every_subject."decade",
        every_subject."sex",
        every_subject."prefecture",
        every_subject."job",
        every_subject."spent",
        every_subject."ward",
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
        kept."tokumei_shown_job" as "job",
        treated."spent" as "spent",
        treated."ward" as "ward"
    from treated
    inner join tokens as members
        on treated.tokumei_subject = members.tokumei_subject
    left join shown_once as kept
        on treated."decade" is not distinct from kept."decade"
            and treated."sex" is not distinct from kept."sex"
            and treated."prefecture" is not distinct from kept."prefecture"
            and treated."job" is not distinct from kept."job"
            and treated."spent" is not distinct from kept."spent"
            and treated."ward" is not distinct from kept."ward"
    where coalesce(kept.tokumei_records, 0) > 0
    order by "pseudonym", "decade", "sex", "prefecture", "job", "spent", "ward"
)

select "pseudonym", "decade", "sex", "prefecture", "job", "spent", "ward"
from final
