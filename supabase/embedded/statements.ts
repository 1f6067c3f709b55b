/**
 * Splits a SQL script into its statements as the Supabase CLI records them: without the closing semicolon and
 * without surrounding space. Semicolons inside quotes, dollar quotes, comments and `begin atomic` bodies do
 * not end a statement.
 */
export function splitStatements(script: string): string[] {
	const statements: string[] = [];
	let begin = 0;
	let depth = 0;
	for (let at = 0; at < script.length;) {
		const end = endOfToken(script, at);
		const token = script.slice(at, end);
		if (/^begin$/i.test(token) && /^\s+atomic\b/i.test(script.slice(end))) depth = 1;
		else if (depth > 0 && /^case$/i.test(token)) depth += 1;
		else if (depth > 0 && /^end$/i.test(token)) depth -= 1;
		else if (token === ';' && depth === 0) {
			keep(script.slice(begin, at));
			begin = end;
		}
		at = end;
	}
	keep(script.slice(begin));
	return statements;

	function keep(text: string) {
		const statement = text.trim();
		if (statement) statements.push(statement);
	}
}

const tokens =
	/--[^\n]*|\/\*|\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$|[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\s+|[\s\S]/y;

/** Where the token that begins at `at` ends. */
function endOfToken(script: string, at: number): number {
	tokens.lastIndex = at;
	const token = tokens.exec(script)?.[0] ?? script[at] ?? '';
	if (token === '/*') return endOfComment(script, at);
	if (/^\$.*\$$/.test(token) && token.length > 1) {
		const close = script.indexOf(token, at + token.length);
		return close < 0 ? script.length : close + token.length;
	}
	return at + token.length;
}

/** Block comments nest. */
function endOfComment(script: string, at: number): number {
	let depth = 0;
	for (let place = at; place < script.length; place += 1) {
		const pair = script.slice(place, place + 2);
		if (pair === '/*') depth += 1;
		else if (pair === '*/') depth -= 1;
		else continue;
		place += 1;
		if (depth === 0) return place + 1;
	}
	return script.length;
}
