// The rules that match wrong programs, tried in the second pass only. Their order is CPython's. See notation.ts.

export const INVALID = `
invalid_arguments
  | ((','.(starred_expression | (assignment_expression | expression !':=') !'=')+ ',' kwargs) | kwargs) a=',' ','.(starred_expression !'=')+ -> raise@a.. iterable argument unpacking follows keyword argument unpacking
  | a=expression b=for_if_clauses ',' [args | expression for_if_clauses] -> @genexpNotParenthesized
  | a=NAME b='=' expression for_if_clauses -> raise@a..b invalid syntax. Maybe you meant '==' or ':=' instead of '='?
  | (args ',')? a=NAME b='=' &(',' | ')') -> raise@a..b expected argument value expression
  | a=args b=for_if_clauses -> @genexpInCall
  | args ',' a=expression b=for_if_clauses -> @genexpNotParenthesized
  | a=args ',' args -> @argumentOrder
invalid_kwarg
  | a=('True' | 'False' | 'None') b='=' -> @assignToKeyword
  | a=NAME b='=' expression for_if_clauses -> raise@a..b invalid syntax. Maybe you meant '==' or ':=' instead of '='?
  | a='**' expression '=' b=expression -> raise@a..b cannot assign to keyword argument unpacking
  | !(NAME '=') a=expression b='=' -> raise@a..b expression cannot contain assignment, perhaps you meant "=="?
expression_without_invalid
  | disjunction 'if' disjunction 'else' expression -> IfExp
  | disjunction
  | lambdef
invalid_legacy_expression
  | a=NAME !'(' b=star_expressions -> @legacyCall
invalid_expression
  | !(NAME STRING | SOFT_KEYWORD) a=disjunction b=expression_without_invalid -> @forgottenComma
  | a=disjunction 'if' b=disjunction !('else' | ':') -> raise@a..b expected 'else' after 'if' expression
  | a='lambda' [lambda_params] b=':' &FSTRING_MIDDLE -> raise@a..b f-string: lambda expressions are not allowed without parentheses
invalid_named_expression memo
  | a=expression ':=' expression -> raise@a cannot use assignment expressions with {a}
  | a=NAME '=' b=bitwise_or !('=' | ':=') -> raise@a..b invalid syntax. Maybe you meant '==' or ':=' instead of '='?
  | !(list | tuple | genexp | 'True' | 'None' | 'False') a=bitwise_or b='=' bitwise_or !('=' | ':=') -> raise@a cannot assign to {a} here. Maybe you meant '==' instead of '='?
invalid_assignment
  | a=invalid_ann_assign_target ':' expression -> raise@a only single target (not {a}) can be annotated
  | a=star_named_expression ',' star_named_expressions* ':' expression -> raise@a only single target (not tuple) can be annotated
  | a=expression ':' expression -> raise@a illegal target for annotation
  | (star_targets '=')* a=star_expressions '=' -> @starTarget
  | (star_targets '=')* a=yield_expr '=' -> raise@a assignment to yield expression not possible
  | a=star_expressions augassign (yield_expr | star_expressions) -> raise@a '{a}' is an illegal expression for augmented assignment
invalid_ann_assign_target
  | list
  | tuple
  | '(' a=invalid_ann_assign_target ')' -> a
invalid_del_stmt
  | 'del' a=star_expressions -> @delTarget
invalid_block
  | NEWLINE !INDENT -> indent expected an indented block
invalid_comprehension
  | ('[' | '(' | '{') a=starred_expression for_if_clauses -> raise@a iterable unpacking cannot be used in comprehension
  | ('[' | '{') a=star_named_expression ',' b=star_named_expressions for_if_clauses -> @comprehensionTarget
  | ('[' | '{') a=star_named_expression b=',' for_if_clauses -> raise@a..b did you forget parentheses around the comprehension target?
invalid_dict_comprehension
  | '{' a='**' bitwise_or for_if_clauses '}' -> raise@a dict unpacking cannot be used in dict comprehension
invalid_parameters
  | a='/' ',' -> raise@a at least one argument must precede /
  | (slash_no_default | slash_with_default) param_maybe_default* a='/' -> raise@a / may appear only once
  | slash_no_default? param_no_default* invalid_parameters_helper a=param_no_default -> raise@a parameter without a default follows parameter with a default
  | param_no_default* a='(' param_no_default+ ','? b=')' -> raise@a..b Function parameters cannot be parenthesized
  | (slash_no_default | slash_with_default)? param_maybe_default* '*' (',' | param_no_default) param_maybe_default* a='/' -> raise@a / must be ahead of *
  | param_maybe_default+ '/' a='*' -> raise@a expected comma between / and *
invalid_parameters_helper
  | slash_with_default
  | param_with_default+
invalid_default
  | a='=' &(')' | ',') -> raise@a expected default value expression
invalid_star_etc
  | a='*' (')' | ',' (')' | '**')) -> raise@a named arguments must follow bare *
  | '*' ',' TYPE_COMMENT -> raise bare * has associated type comment
  | '*' param a='=' -> raise@a var-positional argument cannot have default value
  | '*' (param_no_default | ',') param_maybe_default* a='*' (param_no_default | ',') -> raise@a * argument may appear only once
invalid_kwds
  | '**' param a='=' -> raise@a var-keyword argument cannot have default value
  | '**' param ',' a=param -> raise@a arguments cannot follow var-keyword argument
  | '**' param ',' a=('*' | '**' | '/') -> raise@a arguments cannot follow var-keyword argument
invalid_lambda_parameters
  | a='/' ',' -> raise@a at least one argument must precede /
  | (lambda_slash_no_default | lambda_slash_with_default) lambda_param_maybe_default* a='/' -> raise@a / may appear only once
  | lambda_slash_no_default? lambda_param_no_default* invalid_lambda_parameters_helper a=lambda_param_no_default -> raise@a parameter without a default follows parameter with a default
  | lambda_param_no_default* a='(' ','.lambda_param+ ','? b=')' -> raise@a..b Lambda expression parameters cannot be parenthesized
  | (lambda_slash_no_default | lambda_slash_with_default)? lambda_param_maybe_default* '*' (',' | lambda_param_no_default) lambda_param_maybe_default* a='/' -> raise@a / must be ahead of *
  | lambda_param_maybe_default+ '/' a='*' -> raise@a expected comma between / and *
invalid_lambda_parameters_helper
  | lambda_slash_with_default
  | lambda_param_with_default+
invalid_lambda_star_etc
  | '*' (':' | ',' (':' | '**')) -> raise named arguments must follow bare *
  | '*' lambda_param a='=' -> raise@a var-positional argument cannot have default value
  | '*' (lambda_param_no_default | ',') lambda_param_maybe_default* a='*' (lambda_param_no_default | ',') -> raise@a * argument may appear only once
invalid_lambda_kwds
  | '**' lambda_param a='=' -> raise@a var-keyword argument cannot have default value
  | '**' lambda_param ',' a=lambda_param -> raise@a arguments cannot follow var-keyword argument
  | '**' lambda_param ',' a=('*' | '**' | '/') -> raise@a arguments cannot follow var-keyword argument
invalid_with_item
  | expression 'as' a=expression &(',' | ')' | ':') -> @starTarget
invalid_for_target
  | 'async'? 'for' a=star_expressions -> @forTarget
invalid_group
  | '(' a=starred_expression ')' -> raise@a cannot use starred expression here
  | '(' a='**' expression ')' -> raise@a cannot use double starred expression here
invalid_import
  | a='import' ','.dotted_name+ 'from' dotted_name -> raise@a.. Did you mean to use 'from ... import ...' instead?
  | 'import' a=NEWLINE -> raise@a.. Expected one or more names after 'import'
invalid_import_from_targets
  | import_from_as_names ',' NEWLINE -> raise trailing comma not allowed without surrounding parentheses
  | a=NEWLINE -> raise@a.. Expected one or more names after 'import'
invalid_with_stmt
  | ['async'] 'with' ','.(expression ['as' star_target])+ NEWLINE -> raise expected ':'
  | ['async'] 'with' '(' ','.(expressions ['as' star_target])+ ','? ')' NEWLINE -> raise expected ':'
invalid_with_stmt_indent
  | ['async'] a='with' ','.(expression ['as' star_target])+ ':' NEWLINE !INDENT -> indent expected an indented block after 'with' statement on line {a.lineno}
  | ['async'] a='with' '(' ','.(expressions ['as' star_target])+ ','? ')' ':' NEWLINE !INDENT -> indent expected an indented block after 'with' statement on line {a.lineno}
invalid_try_stmt
  | a='try' ':' NEWLINE !INDENT -> indent expected an indented block after 'try' statement on line {a.lineno}
  | 'try' ':' block !('except' | 'finally') -> raise expected 'except' or 'finally' block
  | 'try' ':' block* except_block+ a='except' b='*' expression ['as' NAME] ':' -> raise@a..b cannot have both 'except' and 'except*' on the same 'try'
  | 'try' ':' block* except_star_block+ a='except' [expression ['as' NAME]] ':' -> raise@a cannot have both 'except' and 'except*' on the same 'try'
invalid_except_stmt
  | 'except' '*'? a=expression ',' expressions ['as' NAME] ':' -> raise@a.. multiple exception types must be parenthesized
  | a='except' '*'? expression ['as' NAME] NEWLINE -> raise expected ':'
  | a='except' NEWLINE -> raise expected ':'
  | 'except' '*' (NEWLINE | ':') -> raise expected one or more exception types
invalid_finally_stmt
  | a='finally' ':' NEWLINE !INDENT -> indent expected an indented block after 'finally' statement on line {a.lineno}
invalid_except_stmt_indent
  | a='except' expression ['as' NAME] ':' NEWLINE !INDENT -> indent expected an indented block after 'except' statement on line {a.lineno}
  | a='except' ':' NEWLINE !INDENT -> indent expected an indented block after 'except' statement on line {a.lineno}
invalid_except_star_stmt_indent
  | a='except' '*' expression ['as' NAME] ':' NEWLINE !INDENT -> indent expected an indented block after 'except*' statement on line {a.lineno}
invalid_match_stmt
  | "match" subject_expr NEWLINE -> raise expected ':'
  | a="match" subject_expr ':' NEWLINE !INDENT -> indent expected an indented block after 'match' statement on line {a.lineno}
invalid_case_block
  | "case" patterns guard? NEWLINE -> raise expected ':'
  | a="case" patterns guard? ':' NEWLINE !INDENT -> indent expected an indented block after 'case' statement on line {a.lineno}
invalid_as_pattern
  | or_pattern 'as' a="_" -> raise@a cannot use '_' as a target
  | or_pattern 'as' !NAME a=expression -> raise@a invalid pattern target
invalid_class_pattern
  | name_or_attr '(' a=invalid_class_argument_pattern -> @patternOrder
invalid_class_argument_pattern
  | [positional_patterns ','] keyword_patterns ',' a=positional_patterns -> a
invalid_if_stmt
  | 'if' named_expression NEWLINE -> raise expected ':'
  | a='if' named_expression ':' NEWLINE !INDENT -> indent expected an indented block after 'if' statement on line {a.lineno}
invalid_elif_stmt
  | 'elif' named_expression NEWLINE -> raise expected ':'
  | a='elif' named_expression ':' NEWLINE !INDENT -> indent expected an indented block after 'elif' statement on line {a.lineno}
invalid_else_stmt
  | a='else' ':' NEWLINE !INDENT -> indent expected an indented block after 'else' statement on line {a.lineno}
invalid_while_stmt
  | 'while' named_expression NEWLINE -> raise expected ':'
  | a='while' named_expression ':' NEWLINE !INDENT -> indent expected an indented block after 'while' statement on line {a.lineno}
invalid_for_stmt
  | ['async'] 'for' star_targets 'in' star_expressions NEWLINE -> raise expected ':'
  | ['async'] a='for' star_targets 'in' star_expressions ':' NEWLINE !INDENT -> indent expected an indented block after 'for' statement on line {a.lineno}
invalid_def_raw
  | ['async'] a='def' NAME [type_params] '(' [params] ')' ['->' expression] ':' NEWLINE !INDENT -> indent expected an indented block after function definition on line {a.lineno}
invalid_class_def_raw
  | 'class' NAME [type_params] ['(' [arguments] ')'] NEWLINE -> raise expected ':'
  | a='class' NAME [type_params] ['(' [arguments] ')'] ':' NEWLINE !INDENT -> indent expected an indented block after class definition on line {a.lineno}
invalid_double_starred_kvpairs
  | ','.double_starred_kvpair+ ',' invalid_kvpair
  | expression ':' a='*' bitwise_or -> raise@a.. cannot use a starred expression in a dictionary value
  | expression a=':' &('}' | ',') -> raise@a expression expected after dictionary key and ':'
invalid_kvpair
  | a=expression !':' -> @colonAfterKey
  | expression ':' a='*' bitwise_or -> raise@a.. cannot use a starred expression in a dictionary value
  | expression a=':' &('}' | ',') -> raise@a expression expected after dictionary key and ':'
invalid_starred_expression_unpacking
  | a='*' expression '=' b=expression -> raise@a..b cannot assign to iterable argument unpacking
invalid_replacement_field
  | '{' a='=' -> raise@a f-string: valid expression required before '='
  | '{' a='!' -> raise@a f-string: valid expression required before '!'
  | '{' a=':' -> raise@a f-string: valid expression required before ':'
  | '{' a='}' -> raise@a f-string: valid expression required before '}'
  | '{' !annotated_rhs -> next f-string: expecting a valid expression after '{'
  | '{' annotated_rhs !('=' | '!' | ':' | '}') -> next f-string: expecting '=', or '!', or ':', or '}'
  | '{' annotated_rhs '=' !('!' | ':' | '}') -> next f-string: expecting '!', or ':', or '}'
  | '{' annotated_rhs '='? invalid_conversion_character
  | '{' annotated_rhs '='? ['!' NAME] !(':' | '}') -> next f-string: expecting ':' or '}'
  | '{' annotated_rhs '='? ['!' NAME] ':' fstring_format_spec* !'}' -> next f-string: expecting '}', or format specs
  | '{' annotated_rhs '='? ['!' NAME] !'}' -> next f-string: expecting '}'
invalid_conversion_character
  | '!' &(':' | '}') -> next f-string: missing conversion character
  | '!' !NAME -> next f-string: invalid conversion character
invalid_arithmetic
  | sum ('+' | '-' | '*' | '/' | '%' | '//' | '@') a='not' b=inversion -> raise@a..b 'not' after an operator must be parenthesized
invalid_factor
  | ('+' | '-' | '~') a='not' b=factor -> raise@a..b 'not' after an operator must be parenthesized
invalid_type_params
  | '[' a=']' -> raise@a.. Type parameter list cannot be empty
`;
