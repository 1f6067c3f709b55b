import en from '../../i18n/messages/en/problems.json' with { type: 'json' };
import zh from '../../i18n/messages/zh-CN/problems.json' with { type: 'json' };
import type { Listed } from './find-problems.ts';
import type { Finding, Problem } from '#lib/sheets/table.ts';

export type Language = 'zh-CN' | 'en';

const MESSAGES: Record<Language, Record<string, string>> = { 'zh-CN': zh, en };

/**
 * The one wording of a finding, for the page, the API and the command line alike. Read from the message files
 * directly, because the command line runs without a build. `params` may hold `name_zh` and `name_en` for names
 * that the parties chose: `{name}` takes the one of the language.
 */
export function problemMessage(finding: Finding, language: Language): string {
	const { params } = finding;
	const suffix = language === 'en' ? '_en' : '_zh';
	return wordingOf(finding, language).replace(/\{(\w+)\}/g, (_, name: string) =>
		String(params[name + suffix] ?? params[name] ?? '')
	);
}

/** A rule of a dataset brings its own wording as data, or is worded by its kind. */
function wordingOf({ rule, params }: Finding, language: Language): string {
	const messages = MESSAGES[language];
	const own = params[language === 'en' ? 'message_en' : 'message_zh'];
	const text = own ?? messages[`problem_${rule}`] ?? messages[`problem_${params['kind'] ?? ''}`];
	return String(text ?? rule);
}

/** What kind of problem it is: the first sentence of its wording without names and figures. */
function kindOf(finding: Finding, language: Language): string {
	const [first = ''] = wordingOf(finding, language).split(/[。；：:]|\.(?:\s|$)/);
	return first.replace(/\s?[（(][^（()）]*\{[^（()）]*[)）]/g, '').replace(/\{\w+\}/g, '…');
}

/** The problems as a list on a page shows and filters them. */
export function listProblems(problems: Problem[], language: Language): Listed[] {
	return wordProblems(problems, language).map((problem) => ({
		...problem,
		kind: kindOf(problem, language)
	}));
}

/** The problems with their wording, as a page or an answer of the API shows them. */
export function wordProblems(problems: Problem[], language: Language): Problem[] {
	return problems.map((problem) => ({ ...problem, message: problemMessage(problem, language) }));
}

/** Rules that fired in a filing, worded, with the explanation that came with them. */
export function wordWarnings<W extends Finding>(
	warnings: W[],
	language: Language
): (W & { message: string })[] {
	return warnings.map((warning) => ({ ...warning, message: problemMessage(warning, language) }));
}
