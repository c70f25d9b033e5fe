// The grammar of Python 3.13 for the error parser, in the order in which CPython tries its alternatives (the order
// decides which token is the last one read, hence where "invalid syntax" is reported). See notation.ts.

export const GRAMMAR = String.raw`
file
  | [statements] ENDMARKER
interactive
  | statement_newline
eval
  | expressions NEWLINE* ENDMARKER
statements
  | statement+
statement
  | compound_stmt
  | simple_stmts
statement_newline
  | compound_stmt NEWLINE
  | simple_stmts
  | NEWLINE
  | ENDMARKER -> @interactiveEnd
simple_stmts
  | simple_stmt !';' NEWLINE
  | ';'.simple_stmt+ [';'] NEWLINE
simple_stmt memo
  | assignment
  | &"type" type_alias
  | star_expressions
  | &'return' return_stmt
  | &('import' | 'from') import_stmt
  | &'raise' raise_stmt
  | 'pass'
  | &'del' del_stmt
  | &'yield' yield_stmt
  | &'assert' assert_stmt
  | 'break'
  | 'continue'
  | &'global' global_stmt
  | &'nonlocal' nonlocal_stmt
compound_stmt
  | &('def' | '@' | 'async') function_def
  | &'if' if_stmt
  | &('class' | '@') class_def
  | &('with' | 'async') with_stmt
  | &('for' | 'async') for_stmt
  | &'try' try_stmt
  | &'while' while_stmt
  | match_stmt
assignment
  | NAME ':' expression ['=' annotated_rhs]
  | ('(' single_target ')' | single_subscript_attribute_target) ':' expression ['=' annotated_rhs]
  | (star_targets '=')+ (yield_expr | star_expressions) !'=' TYPE_COMMENT?
  | single_target augassign ~ (yield_expr | star_expressions)
  | invalid_assignment
annotated_rhs
  | yield_expr
  | star_expressions
augassign
  | '+=' -> Op
  | '-=' -> Op
  | '*=' -> Op
  | '@=' -> Op
  | '/=' -> Op
  | '%=' -> Op
  | '&=' -> Op
  | '|=' -> Op
  | '^=' -> Op
  | '<<=' -> Op
  | '>>=' -> Op
  | '**=' -> Op
  | '//=' -> Op
return_stmt
  | 'return' [star_expressions]
raise_stmt
  | 'raise' expression ['from' expression]
  | 'raise'
global_stmt
  | 'global' ','.NAME+
nonlocal_stmt
  | 'nonlocal' ','.NAME+
del_stmt
  | 'del' del_targets &(';' | NEWLINE)
  | invalid_del_stmt
yield_stmt
  | yield_expr
assert_stmt
  | 'assert' expression [',' expression]
import_stmt
  | invalid_import
  | import_name
  | import_from
import_name
  | 'import' dotted_as_names
import_from
  | 'from' ('.' | '...')* dotted_name 'import' import_from_targets
  | 'from' ('.' | '...')+ 'import' import_from_targets
import_from_targets
  | '(' import_from_as_names [','] ')'
  | import_from_as_names !','
  | '*'
  | invalid_import_from_targets
import_from_as_names
  | ','.import_from_as_name+
import_from_as_name
  | NAME ['as' NAME]
dotted_as_names
  | ','.dotted_as_name+
dotted_as_name
  | dotted_name ['as' NAME]
dotted_name left
  | dotted_name '.' NAME
  | NAME
block memo
  | NEWLINE INDENT statements DEDENT
  | simple_stmts
  | invalid_block
decorators
  | ('@' named_expression NEWLINE)+
class_def
  | decorators class_def_raw
  | class_def_raw
class_def_raw
  | invalid_class_def_raw
  | 'class' NAME [type_params] ['(' [arguments] ')'] ':' block
function_def
  | decorators function_def_raw
  | function_def_raw
function_def_raw
  | invalid_def_raw
  | 'def' NAME [type_params] &&'(' [params] ')' ['->' expression] &&':' [func_type_comment] block
  | 'async' 'def' NAME [type_params] &&'(' [params] ')' ['->' expression] &&':' [func_type_comment] block
params
  | invalid_parameters
  | parameters
parameters
  | slash_no_default param_no_default* param_with_default* [star_etc]
  | slash_with_default param_with_default* [star_etc]
  | param_no_default+ param_with_default* [star_etc]
  | param_with_default+ [star_etc]
  | star_etc
slash_no_default
  | param_no_default+ '/' ','
  | param_no_default+ '/' &')'
slash_with_default
  | param_no_default* param_with_default+ '/' ','
  | param_no_default* param_with_default+ '/' &')'
star_etc
  | invalid_star_etc
  | '*' param_no_default param_maybe_default* [kwds]
  | '*' param_no_default_star_annotation param_maybe_default* [kwds]
  | '*' ',' param_maybe_default+ [kwds]
  | kwds
kwds
  | invalid_kwds
  | '**' param_no_default
param_no_default
  | a=param ',' TYPE_COMMENT? -> a
  | a=param TYPE_COMMENT? &')' -> a
param_no_default_star_annotation
  | param_star_annotation ',' TYPE_COMMENT?
  | param_star_annotation TYPE_COMMENT? &')'
param_with_default
  | param default ',' TYPE_COMMENT?
  | param default TYPE_COMMENT? &')'
param_maybe_default
  | param default? ',' TYPE_COMMENT?
  | param default? TYPE_COMMENT? &')'
param
  | NAME annotation? -> Arg
param_star_annotation
  | NAME star_annotation
annotation
  | ':' expression
star_annotation
  | ':' star_expression
default
  | '=' expression
  | invalid_default
if_stmt
  | invalid_if_stmt
  | 'if' named_expression ':' block elif_stmt
  | 'if' named_expression ':' block [else_block]
elif_stmt
  | invalid_elif_stmt
  | 'elif' named_expression ':' block elif_stmt
  | 'elif' named_expression ':' block [else_block]
else_block
  | invalid_else_stmt
  | 'else' &&':' block
while_stmt
  | invalid_while_stmt
  | 'while' named_expression ':' block [else_block]
for_stmt
  | invalid_for_stmt
  | 'for' star_targets 'in' ~ star_expressions ':' [TYPE_COMMENT] block [else_block]
  | 'async' 'for' star_targets 'in' ~ star_expressions ':' [TYPE_COMMENT] block [else_block]
  | invalid_for_target
with_stmt
  | invalid_with_stmt_indent
  | 'with' '(' ','.with_item+ ','? ')' ':' [TYPE_COMMENT] block
  | 'with' ','.with_item+ ':' [TYPE_COMMENT] block
  | 'async' 'with' '(' ','.with_item+ ','? ')' ':' block
  | 'async' 'with' ','.with_item+ ':' [TYPE_COMMENT] block
  | invalid_with_stmt
with_item
  | expression 'as' star_target &(',' | ')' | ':')
  | invalid_with_item
  | expression
try_stmt
  | invalid_try_stmt
  | 'try' &&':' block finally_block
  | 'try' &&':' block except_block+ [else_block] [finally_block]
  | 'try' &&':' block except_star_block+ [else_block] [finally_block]
except_block
  | invalid_except_stmt_indent
  | 'except' expression ['as' NAME] ':' block
  | 'except' ':' block
  | invalid_except_stmt
except_star_block
  | invalid_except_star_stmt_indent
  | 'except' '*' expression ['as' NAME] ':' block
  | invalid_except_stmt
finally_block
  | invalid_finally_stmt
  | 'finally' &&':' block
match_stmt
  | "match" subject_expr ':' NEWLINE INDENT case_block+ DEDENT
  | invalid_match_stmt
subject_expr
  | star_named_expression ',' star_named_expressions?
  | named_expression
case_block
  | invalid_case_block
  | "case" patterns guard? ':' block
guard
  | 'if' named_expression
patterns
  | open_sequence_pattern
  | pattern
pattern
  | as_pattern
  | or_pattern
as_pattern
  | or_pattern 'as' pattern_capture_target
  | invalid_as_pattern
or_pattern
  | '|'.closed_pattern+ -> Pattern
closed_pattern memo
  | literal_pattern
  | capture_pattern
  | wildcard_pattern
  | value_pattern
  | group_pattern
  | sequence_pattern
  | mapping_pattern
  | class_pattern
literal_pattern
  | signed_number !('+' | '-')
  | complex_number
  | strings
  | 'None'
  | 'True'
  | 'False'
literal_expr
  | signed_number !('+' | '-')
  | complex_number
  | strings
  | 'None'
  | 'True'
  | 'False'
complex_number
  | signed_real_number '+' imaginary_number
  | signed_real_number '-' imaginary_number
signed_number
  | NUMBER
  | '-' NUMBER
signed_real_number
  | real_number
  | '-' real_number
real_number
  | a=NUMBER -> @ensureReal
imaginary_number
  | a=NUMBER -> @ensureImaginary
capture_pattern
  | pattern_capture_target
pattern_capture_target
  | !"_" NAME !('.' | '(' | '=')
wildcard_pattern
  | "_"
value_pattern
  | attr !('.' | '(' | '=')
attr left
  | name_or_attr '.' NAME
name_or_attr
  | attr
  | NAME
group_pattern
  | '(' pattern ')'
sequence_pattern
  | '[' maybe_sequence_pattern? ']'
  | '(' open_sequence_pattern? ')'
open_sequence_pattern
  | maybe_star_pattern ',' maybe_sequence_pattern?
maybe_sequence_pattern
  | ','.maybe_star_pattern+ ','?
maybe_star_pattern
  | star_pattern
  | pattern
star_pattern memo
  | '*' pattern_capture_target
  | '*' wildcard_pattern
mapping_pattern
  | '{' '}'
  | '{' double_star_pattern ','? '}'
  | '{' items_pattern ',' double_star_pattern ','? '}'
  | '{' items_pattern ','? '}'
items_pattern
  | ','.key_value_pattern+
key_value_pattern
  | (literal_expr | attr) ':' pattern
double_star_pattern
  | '**' pattern_capture_target
class_pattern
  | name_or_attr '(' ')'
  | name_or_attr '(' positional_patterns ','? ')'
  | name_or_attr '(' keyword_patterns ','? ')'
  | name_or_attr '(' positional_patterns ',' keyword_patterns ','? ')'
  | invalid_class_pattern
positional_patterns
  | ','.pattern+
keyword_patterns
  | ','.keyword_pattern+
keyword_pattern
  | NAME '=' pattern
type_alias
  | "type" NAME [type_params] '=' expression
type_params
  | invalid_type_params
  | '[' type_param_seq ']'
type_param_seq
  | ','.type_param+ [',']
type_param memo
  | NAME [type_param_bound] [type_param_default]
  | invalid_type_param
  | '*' NAME [type_param_starred_default]
  | '**' NAME [type_param_default]
type_param_bound
  | ':' expression
type_param_default
  | '=' expression
type_param_starred_default
  | '=' star_expression
expressions
  | expression (',' expression)+ [','] -> Tuple
  | expression ',' -> Tuple
  | expression
expression memo
  | invalid_expression
  | invalid_legacy_expression
  | disjunction 'if' disjunction 'else' expression -> IfExp
  | disjunction
  | lambdef
yield_expr
  | 'yield' 'from' expression -> YieldFrom
  | 'yield' [star_expressions] -> Yield
star_expressions
  | a=star_expression b=(',' star_expression)+ [','] -> @tuple
  | a=star_expression ',' -> @tuple
  | star_expression
star_expression memo
  | '*' value=bitwise_or -> Starred
  | expression
star_named_expressions
  | a=','.star_named_expression+ [','] -> a
star_named_expression
  | '*' value=bitwise_or -> Starred
  | named_expression
assignment_expression
  | NAME ':=' ~ expression -> NamedExpr
named_expression
  | assignment_expression
  | invalid_named_expression
  | a=expression !':=' -> a
disjunction memo
  | conjunction ('or' conjunction)+ -> BoolOp
  | conjunction
conjunction memo
  | inversion ('and' inversion)+ -> BoolOp
  | inversion
inversion memo
  | 'not' inversion -> UnaryOp
  | comparison
comparison
  | left=bitwise_or ops=compare_op_bitwise_or_pair+ -> Compare
  | bitwise_or
compare_op_bitwise_or_pair
  | eq_bitwise_or
  | noteq_bitwise_or
  | lte_bitwise_or
  | lt_bitwise_or
  | gte_bitwise_or
  | gt_bitwise_or
  | notin_bitwise_or
  | in_bitwise_or
  | isnot_bitwise_or
  | is_bitwise_or
eq_bitwise_or
  | '==' bitwise_or
noteq_bitwise_or
  | noteq_token bitwise_or
noteq_token
  | a='!=' -> @notEqual
lte_bitwise_or
  | '<=' bitwise_or
lt_bitwise_or
  | '<' bitwise_or
gte_bitwise_or
  | '>=' bitwise_or
gt_bitwise_or
  | '>' bitwise_or
notin_bitwise_or
  | 'not' 'in' bitwise_or
in_bitwise_or
  | 'in' bitwise_or -> In
isnot_bitwise_or
  | 'is' 'not' bitwise_or
is_bitwise_or
  | 'is' bitwise_or
bitwise_or left
  | bitwise_or '|' bitwise_xor -> BinOp
  | bitwise_xor
bitwise_xor left
  | bitwise_xor '^' bitwise_and -> BinOp
  | bitwise_and
bitwise_and left
  | bitwise_and '&' shift_expr -> BinOp
  | shift_expr
shift_expr left
  | shift_expr '<<' sum -> BinOp
  | shift_expr '>>' sum -> BinOp
  | invalid_arithmetic
  | sum
sum left
  | sum '+' term -> BinOp
  | sum '-' term -> BinOp
  | term
term left
  | term '*' factor -> BinOp
  | term '/' factor -> BinOp
  | term '//' factor -> BinOp
  | term '%' factor -> BinOp
  | term '@' factor -> BinOp
  | factor
factor memo
  | '+' factor -> UnaryOp
  | '-' factor -> UnaryOp
  | '~' factor -> UnaryOp
  | invalid_factor
  | power
power
  | await_primary '**' factor -> BinOp
  | await_primary
await_primary memo
  | 'await' primary -> Await
  | primary
primary left
  | primary '.' NAME -> Attribute
  | primary genexp -> Call
  | primary '(' [arguments] ')' -> Call
  | primary '[' slices ']' -> Subscript
  | atom
slices
  | slice !','
  | ','.(slice | starred_expression)+ [',']
slice
  | [expression] ':' [expression] [':' [expression]]
  | named_expression
atom
  | NAME
  | 'True' -> True
  | 'False' -> False
  | 'None' -> None
  | &(STRING | FSTRING_START) strings
  | NUMBER
  | &'(' (tuple | group | genexp)
  | &'[' (list | listcomp)
  | &'{' (dict | set | dictcomp | setcomp)
  | '...' -> Ellipsis
group
  | '(' a=(yield_expr | named_expression) ')' -> a
  | invalid_group
lambdef
  | 'lambda' [lambda_params] ':' expression -> Lambda
lambda_params
  | invalid_lambda_parameters
  | lambda_parameters
lambda_parameters
  | lambda_slash_no_default lambda_param_no_default* lambda_param_with_default* [lambda_star_etc]
  | lambda_slash_with_default lambda_param_with_default* [lambda_star_etc]
  | lambda_param_no_default+ lambda_param_with_default* [lambda_star_etc]
  | lambda_param_with_default+ [lambda_star_etc]
  | lambda_star_etc
lambda_slash_no_default
  | lambda_param_no_default+ '/' ','
  | lambda_param_no_default+ '/' &':'
lambda_slash_with_default
  | lambda_param_no_default* lambda_param_with_default+ '/' ','
  | lambda_param_no_default* lambda_param_with_default+ '/' &':'
lambda_star_etc
  | invalid_lambda_star_etc
  | '*' lambda_param_no_default lambda_param_maybe_default* [lambda_kwds]
  | '*' ',' lambda_param_maybe_default+ [lambda_kwds]
  | lambda_kwds
lambda_kwds
  | invalid_lambda_kwds
  | '**' lambda_param_no_default
lambda_param_no_default
  | a=lambda_param ',' -> a
  | a=lambda_param &':' -> a
lambda_param_with_default
  | lambda_param default ','
  | lambda_param default &':'
lambda_param_maybe_default
  | lambda_param default? ','
  | lambda_param default? &':'
lambda_param
  | NAME -> Arg
fstring_middle
  | fstring_replacement_field
  | FSTRING_MIDDLE
fstring_replacement_field
  | '{' annotated_rhs '='? a=[fstring_conversion] [fstring_full_format_spec] '}' -> @field
  | invalid_replacement_field
fstring_conversion
  | a='!' b=NAME -> @conversion
fstring_full_format_spec
  | ':' fstring_format_spec*
fstring_format_spec
  | a=FSTRING_MIDDLE -> @middle
  | fstring_replacement_field
fstring
  | a=FSTRING_START b=fstring_middle* FSTRING_END -> @fstring
string
  | a=STRING -> @string
strings memo
  | a=(fstring | string)+ -> @strings
list
  | '[' elts=[star_named_expressions] ']' -> List
tuple
  | '(' a=[star_named_expression ',' [star_named_expressions]] ')' -> @parenTuple
set
  | '{' star_named_expressions '}' -> Set
dict
  | '{' [double_starred_kvpairs] '}' -> Dict
  | '{' invalid_double_starred_kvpairs '}'
double_starred_kvpairs
  | ','.double_starred_kvpair+ [',']
double_starred_kvpair
  | '**' bitwise_or
  | kvpair
kvpair
  | expression ':' expression
for_if_clauses
  | for_if_clause+
for_if_clause
  | 'async' 'for' target=star_targets 'in' ~ iter=disjunction ifs=('if' disjunction)* -> comprehension
  | 'for' target=star_targets 'in' ~ iter=disjunction ifs=('if' disjunction)* -> comprehension
  | 'async'? 'for' (bitwise_or (',' bitwise_or)* [',']) !'in' -> raise 'in' expected after for-loop variables
  | invalid_for_target
listcomp
  | '[' named_expression for_if_clauses ']' -> ListComp
  | invalid_comprehension
setcomp
  | '{' named_expression for_if_clauses '}' -> SetComp
  | invalid_comprehension
genexp
  | '(' (assignment_expression | expression !':=') for_if_clauses ')' -> GeneratorExp
  | invalid_comprehension
dictcomp
  | '{' kvpair for_if_clauses '}' -> DictComp
  | invalid_dict_comprehension
arguments memo
  | args [','] &')'
  | invalid_arguments
args
  | a=','.(starred_expression | (assignment_expression | expression !':=') !'=')+ b=[',' kwargs] -> @args
  | b=kwargs -> @args
kwargs
  | a=','.kwarg_or_starred+ ',' b=','.kwarg_or_double_starred+ -> @join
  | ','.kwarg_or_starred+
  | ','.kwarg_or_double_starred+
starred_expression
  | invalid_starred_expression_unpacking
  | '*' value=expression -> Starred
  | '*' -> raise Invalid star expression
kwarg_or_starred
  | invalid_kwarg
  | NAME '=' expression -> keyword
  | starred_expression
kwarg_or_double_starred
  | invalid_kwarg
  | NAME '=' expression -> keyword
  | '**' expression -> keyword_unpacking
star_targets
  | star_target !','
  | star_target (',' star_target)* [',']
star_targets_list_seq
  | ','.star_target+ [',']
star_targets_tuple_seq
  | star_target (',' star_target)+ [',']
  | star_target ','
star_target memo
  | '*' (!'*' star_target)
  | target_with_star_atom
target_with_star_atom memo
  | t_primary '.' NAME !t_lookahead
  | t_primary '[' slices ']' !t_lookahead
  | star_atom
star_atom
  | NAME
  | '(' target_with_star_atom ')'
  | '(' [star_targets_tuple_seq] ')'
  | '[' [star_targets_list_seq] ']'
single_target
  | single_subscript_attribute_target
  | NAME
  | '(' single_target ')'
single_subscript_attribute_target
  | t_primary '.' NAME !t_lookahead
  | t_primary '[' slices ']' !t_lookahead
t_primary left
  | t_primary '.' NAME &t_lookahead
  | t_primary '[' slices ']' &t_lookahead
  | t_primary genexp &t_lookahead
  | t_primary '(' [arguments] ')' &t_lookahead
  | atom &t_lookahead
t_lookahead
  | '('
  | '['
  | '.'
del_targets
  | ','.del_target+ [',']
del_target memo
  | t_primary '.' NAME !t_lookahead
  | t_primary '[' slices ']' !t_lookahead
  | del_t_atom
del_t_atom
  | NAME
  | '(' del_target ')'
  | '(' [del_targets] ')'
  | '[' [del_targets] ']'
func_type_comment
  | NEWLINE TYPE_COMMENT &(NEWLINE INDENT)
  | TYPE_COMMENT
`;
