/**
 * What one language of a message file lacks against the other: messages, and parameters of a message.
 * A message is a text, or variants of one text by condition.
 */
export function translationProblems(
	chinese: Record<string, unknown>,
	english: Record<string, unknown>
): string[] {
	const keys = [...new Set([...Object.keys(chinese), ...Object.keys(english)])];
	return keys.flatMap((key) => {
		if (key === '$schema') return [];
		if (!(key in chinese)) return [`${key} has no Chinese`];
		if (!(key in english)) return [`${key} has no English`];
		const [zh, en] = [parameters(chinese[key]), parameters(english[key])];
		if (zh === null) return [`${key} is empty in Chinese`];
		if (en === null) return [`${key} is empty in English`];
		return zh === en ? [] : [`${key} takes {${zh}} in Chinese and {${en}} in English`];
	});
}

/** Names of the parameters in any text of a message, sorted; null if a text is empty. */
function parameters(message: unknown): string | null {
	const texts = textsOf(message);
	if (texts.length === 0 || texts.some((text) => text.trim() === '')) return null;
	const names = texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
	return [...new Set(names)].sort().join(', ');
}

function textsOf(message: unknown): string[] {
	if (typeof message === 'string') return [message];
	if (Array.isArray(message)) return message.flatMap(textsOf);
	if (typeof message === 'object' && message !== null && 'match' in message) {
		return Object.values(message.match as Record<string, unknown>).flatMap(textsOf);
	}
	return [];
}

/** Families whose messages are found by what stands behind the prefix. */
const families = /^(refusal|problem|template_reason)_/;

/** Messages that nothing shows. `sources` are the texts of every file that could name one. */
export function unusedMessages(keys: string[], sources: string[]): string[] {
	const words = new Set(sources.flatMap((source) => source.match(/\w+/g) ?? []));
	return keys.filter(
		(key) => key !== '$schema' && !words.has(key) && !words.has(key.replace(families, ''))
	);
}
