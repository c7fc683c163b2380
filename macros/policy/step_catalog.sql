{#- Every step: the argument a bare value stands for, the arguments with what each may be, and which are required.
    A list is a choice; the other words are explained in _argument_problem. -#}
{% macro step_catalog() -%}
    {%- set periods = ['year', 'quarter', 'month', 'day'] -%}
    {%- set bound = {'bare': 'at', 'arguments': {'at': 'number or date', 'label': 'text'}, 'required': ['at']} -%}
    {{- return({
        'keep': {'arguments': {}},
        'pseudonymize': {
            'arguments': {'bits': [128, 256], 'per': periods, 'of': 'source column'},
        },
        'truncate': {'bare': 'unit', 'arguments': {'unit': periods + ['hour']}, 'required': ['unit']},
        'age': {'bare': 'at', 'arguments': {'at': 'date or source column'}, 'required': ['at']},
        'band': {
            'bare': 'width',
            'arguments': {'width': 'positive number', 'label': 'text', 'edges': 'rising numbers', 'labels': 'texts'},
            'one_of': ['width', 'edges'],
        },
        'round': {'bare': 'unit', 'arguments': {'unit': 'positive number'}, 'required': ['unit']},
        'prefix': {'bare': 'characters', 'arguments': {'characters': 'positive integer'}, 'required': ['characters']},
        'mesh': {
            'arguments': {'level': [1, 2, 3, 'half'], 'lat': 'source column', 'lon': 'source column'},
            'required': ['level', 'lat', 'lon'],
        },
        'lookup': {
            'arguments': {'hierarchy': 'hierarchy', 'to': 'text'},
            'required': ['hierarchy', 'to'],
        },
        'add_noise': {
            'arguments': {
                'distribution': ['laplace', 'gaussian'], 'scale': 'positive number', 'unit': 'positive number',
                'at_least': 'number', 'at_most': 'number', 'per': ['subject', 'record'], 'declared_releases': 'positive integer',
            },
            'required': ['distribution', 'scale', 'unit', 'declared_releases'],
        },
        'swap': {'arguments': {'within': 'percentage', 'by': 'text'}},
        'categorize': {
            'arguments': {'categories': 'categories', 'rest': 'text'},
            'required': ['categories', 'rest'],
        },
        'top_code': bound,
        'bottom_code': bound,
        'suppress_rare': {
            'arguments': {'below': 'threshold', 'replace_with': 'text or null'},
            'required': ['below'],
            'whole_column': true,
        },
        'generalize_rare': {
            'arguments': {'hierarchy': 'hierarchy', 'below': 'threshold', 'levels': 'texts', 'replace_with': 'text or null'},
            'required': ['hierarchy', 'below'],
            'whole_column': true,
        },
        'microaggregate': {
            'bare': 'k',
            'arguments': {
                'k': 'threshold',
                'with': 'mart columns',
                'by': 'mart column',
                'representative': ['mean', 'median', 'medoid'],
                'unit': 'positive number',
                'order': 'texts',
            },
            'required': ['k'],
            'whole_column': true,
        },
        'suppress_listed': {
            'arguments': {'list': 'list', 'replace_with': 'text or null'},
            'required': ['list'],
            'whole_column': true,
        },
    }) -}}
{%- endmacro %}
