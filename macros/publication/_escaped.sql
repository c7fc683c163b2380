{#- A text as HTML. Characters that HTML does not admit become U+FFFD; so do those that turn the direction of what
    follows them. -#}
{% macro _escaped(text) -%}
    {{- return('' ~ (tokumei._printable(text) | e)) -}}
{%- endmacro %}

{% macro _printable(text) -%}
    {%- set lines = text | string | replace('\r\n', '\n') | replace('\r', '\n') -%}
    {{- return(modules.re.sub('[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef]|[\ufffe\uffff\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff\U0004fffe\U0004ffff\U0005fffe\U0005ffff\U0006fffe\U0006ffff\U0007fffe\U0007ffff\U0008fffe\U0008ffff\U0009fffe\U0009ffff\U000afffe\U000affff\U000bfffe\U000bffff\U000cfffe\U000cffff\U000dfffe\U000dffff\U000efffe\U000effff\U000ffffe\U000fffff\U0010fffe\U0010ffff]', '\ufffd', lines)) -}}
{%- endmacro %}

{#- Escaped, with links for mail addresses: none of their characters needs to be escaped. -#}
{% macro _linked(text) -%}
    {{- return(modules.re.sub('([A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+)', '<a href="mailto:\\1">\\1</a>', tokumei._escaped(text))) -}}
{%- endmacro %}

{#- A paragraph in Japanese, and beside or below it one in English. -#}
{% macro _paragraphs(text) -%}
    {{- return('<div class="pair"><p>' ~ tokumei._linked(text['ja']) ~ '</p>' ~ ('<p lang="en">' ~ tokumei._linked(text['en']) ~ '</p>' if text['en'] else '') ~ '</div>') -}}
{%- endmacro %}

{#- The same within a cell or a heading. -#}
{% macro _bilingual(text) -%}
    {{- return(tokumei._linked(text['ja']) ~ (' <span lang="en">' ~ tokumei._linked(text['en']) ~ '</span>' if text['en'] else '')) -}}
{%- endmacro %}
