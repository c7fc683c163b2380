{#- One page that stands alone: nothing is fetched, no script is run. Dates are only those that are given. -#}
{% macro publication_html(dataset, published_on=none, revised_on=none, counts=false) -%}
    {%- do tokumei._check_page_arguments(dataset, published_on, revised_on, counts) -%}
    {%- set facts = tokumei.publication_facts(dataset) -%}
    {%- set terms, texts = facts['terms'], facts['texts'] -%}
    {%- set publisher = terms['commissioned_by'] or terms['operator'] -%}
<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>匿名加工情報に関する公表：{{ tokumei._escaped(terms['title']['ja']) }}｜{{ tokumei._escaped(publisher['ja']) }}</title>
<style>
{{ tokumei._page_style() }}
</style>
<script type="application/ld+json">
{{ tokumei.publication_json(facts, published_on, revised_on, counts) }}
</script>
</head>
<body>
<header>
<h1>匿名加工情報の作成及び提供に関する公表 <span lang="en">Notice on anonymously processed information</span></h1>
<p class="subject">{{ tokumei._bilingual(terms['title']) }}</p>
{{ tokumei._paragraphs(tokumei.publication_lead(facts)) }}
{{ tokumei._page_dates(published_on, revised_on) -}}
</header>
<main>
<section aria-labelledby="items">
<h2 id="items">匿名加工情報に含まれる個人に関する情報の項目 <span lang="en">Items, as they are after processing</span></h2>
{% for part in facts['parts'] -%}
{{ tokumei._page_part(part, loop.index, counts) }}
{% endfor -%}
</section>
<section aria-labelledby="outline">
<h2 id="outline">加工の概要 <span lang="en">Outline of the processing</span></h2>
{{ tokumei._paragraphs({'ja': '各項目の加工は、上の表のとおりです。', 'en': 'What was done to each item stands in the tables above.'}) }}
{% for sentence in facts['whole'] -%}
{{ tokumei._paragraphs(sentence) }}
{% endfor -%}
</section>
<section aria-labelledby="making">
<h2 id="making">作成 <span lang="en">Making</span></h2>
{{ tokumei._page_terms(texts, ['operator', 'commissioned_by', 'legal_basis', 'creation', 'population', 'purpose']) }}
</section>
<section aria-labelledby="provision">
<h2 id="provision">第三者への提供 <span lang="en">Provision</span></h2>
{{ tokumei._page_terms(texts, ['recipients', 'means']) }}
{{ tokumei._paragraphs(tokumei.published_text('provision')) }}
</section>
<section aria-labelledby="safety">
<h2 id="safety">安全管理措置 <span lang="en">Safety measures</span></h2>
{{ tokumei._paragraphs(terms['safety_measures']) }}
</section>
<section aria-labelledby="ban">
<h2 id="ban">識別行為の禁止 <span lang="en">Ban on identification</span></h2>
{{ tokumei._paragraphs(tokumei.published_text('no_collation')) }}
{{ tokumei._paragraphs(tokumei.published_text('recipient_ban')) }}
</section>
<section aria-labelledby="contact">
<h2 id="contact">お問合せ・苦情 <span lang="en">Contact</span></h2>
{{ tokumei._page_terms(texts, ['inquiries', 'complaints']) }}
</section>
</main>
<footer>
<p>{{ tokumei._escaped(publisher['ja']) }}{% if publisher['en'] %} <span lang="en">{{ tokumei._escaped(publisher['en']) }}</span>{% endif %}</p>
{% if terms['url'] %}<p>公表の場所 <span lang="en">Published at</span> {{ tokumei._page_place(terms['url']) }}</p>
{% endif -%}
</footer>
</body>
</html>
{%- endmacro %}

{#- The items of one mart, in a table. -#}
{% macro _page_part(part, number, counts) -%}
<h3 id="part-{{ number }}">{{ tokumei._bilingual(part['title']) }}</h3>
<table aria-labelledby="part-{{ number }}">
{% if counts -%}
<caption><span lang="ja">{{ part['subjects']['ja'] }}人、{{ part['records']['ja'] }}件</span> <span lang="en">{{ part['subjects']['en'] }} persons, {{ part['records']['en'] }} records</span></caption>
{% endif -%}
<thead><tr><th scope="col" class="number">No.</th><th scope="col">項目 <span lang="en">Item</span></th><th scope="col" class="outline">加工 <span lang="en">Processing</span></th></tr></thead>
<tbody>
{% for item in part['items'] -%}
<tr><td class="number">{{ loop.index }}</td><th scope="row">{{ tokumei._bilingual(item['item']) }}</th><td class="outline">{{ tokumei._bilingual(item['treatment']) }}</td></tr>
{% endfor -%}
</tbody>
</table>
{%- endmacro %}

{% macro _page_terms(texts, shown) -%}
<dl>
{% for name in shown if name in texts -%}
<div><dt>{{ tokumei._bilingual(texts[name]['label']) }}</dt><dd>{{ tokumei._paragraphs(texts[name]['text']) }}</dd></div>
{% endfor -%}
</dl>
{%- endmacro %}

{% macro _page_dates(published_on, revised_on) -%}
{%- for day, ja, en in [[published_on, '公表日', 'Published'], [revised_on, '改定日', 'Revised']] if day is not none -%}
<p class="dates">{{ ja }} <time datetime="{{ day }}">{{ tokumei.day_text(day, 'ja') }}</time> <span lang="en">{{ en }} {{ tokumei.day_text(day, 'en') }}</span></p>
{% endfor -%}
{%- endmacro %}

{#- A link only where it leads to a page: an exposure's url may hold anything. -#}
{% macro _page_place(url) -%}
    {{- return('<a href="' ~ tokumei._escaped(url) ~ '">' ~ tokumei._escaped(url) ~ '</a>' if tokumei._is_web_address(url) else tokumei._escaped(url)) -}}
{%- endmacro %}

{% macro _is_web_address(url) -%}
    {{- return(modules.re.match('^https?://[^\\s"<>\\\\^`{|}]+$', url) is not none) -}}
{%- endmacro %}
