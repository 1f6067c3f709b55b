import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { commonPasswords } from './common-passwords.ts';

// Plain Node: the generator of the demonstration uses this file too.

/** Fewest and most characters of a password (OWASP ASVS 5.0, 6.2.1 and 6.2.9). */
const shortest = 12;
const longest = 128;

/** What is wrong with a password; the key of its sentence is `refusal_<problem>`. */
type PasswordProblem =
	'password_too_short' | 'password_too_long' | 'password_common' | 'password_guessable';

/**
 * What is wrong with a password somebody wants, or null. Length and guessability only: demands for
 * digits or signs make passwords worse (ASVS 6.2.5).
 * @param context words an attacker tries first: name, address, organisation
 */
export function passwordProblem(password: string, context: string[] = []): PasswordProblem | null {
	const length = [...password].length;
	if (length < shortest) return 'password_too_short';
	if (length > longest) return 'password_too_long';

	const plain = password.normalize('NFKC').toLowerCase();
	// password2026! and 123!dragon are their word with a trimming.
	const word = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
	if (commonPasswords.has(plain) || commonPasswords.has(word)) return 'password_common';
	if (word === '' || isMonotonous(plain)) return 'password_common';

	const guesses = [...productWords, ...context.flatMap(wordsOf)];
	const rest = guesses.reduce((left, guess) => left.replaceAll(guess, ''), plain);
	// A known word may be part of a longer phrase, but not most of the password.
	if (rest !== plain && rest.replace(/\P{L}/gu, '').length < 6) return 'password_guessable';
	return null;
}

const productWords = ['xiezhi', '协治', '獬豸', 'password', '联席会议'];

/** The words of a name or an address that are long enough to say something. */
function wordsOf(text: string): string[] {
	const plain = text.normalize('NFKC').toLowerCase();
	return [plain, ...plain.split('@'), ...plain.split(/[\s@._+-]+/)].filter((word) =>
		/^\p{Script=Han}/u.test(word) ? word.length >= 2 : word.length >= 4
	);
}

/** Repeats (`abcabcabcabc`), few different characters, and runs along the alphabet or digits. */
function isMonotonous(plain: string): boolean {
	if (/^(.{1,6}?)\1+.{0,5}$/u.test(plain)) return true;
	const characters = [...plain];
	if (new Set(characters).size < 5) return true;
	const steps = characters.slice(1).map((character, at) => {
		return (character.codePointAt(0) ?? 0) - (characters[at]?.codePointAt(0) ?? 0);
	});
	const along = steps.filter((step) => step === 1 || step === -1 || step === 0).length;
	return along >= steps.length * 0.75;
}

const cost = { N: 16384, r: 16, p: 1 };

function derive(password: string, salt: string): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		scrypt(
			password.normalize('NFKC'),
			salt,
			64,
			{ ...cost, maxmem: 256 * cost.N * cost.r },
			(error, key) => (error ? reject(error) : resolve(key))
		);
	});
}

/**
 * The hash of a password as Better Auth keeps it (`salt:key`, scrypt), in about 60 ms off the main
 * thread. Goes into `identity.account.password` with `provider_id` credential and `account_id` the user.
 */
export async function hashPassword(password: string): Promise<string> {
	const salt = randomBytes(16).toString('hex');
	return `${salt}:${(await derive(password, salt)).toString('hex')}`;
}

/** Whether a password belongs to a hash. */
export async function verifyPassword(hash: string, password: string): Promise<boolean> {
	const [salt = '', key = ''] = hash.split(':');
	const wanted = Buffer.from(key, 'hex');
	const derived = await derive(password, salt);
	return wanted.length === derived.length && timingSafeEqual(wanted, derived);
}
