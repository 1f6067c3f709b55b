import { SvelteSet } from 'svelte/reactivity';
import { deserialize } from '$app/forms';
import { UNTYPED, type Typed } from './form.ts';
import { keepHere, keptHere, type Whose } from './kept-here.ts';
import { isSame, reconcile, type Conflict, type Pending } from './reconcile.ts';
import type { FormView } from './form-view.ts';

type Theirs = Pick<FormView, 'revision' | 'saved_at' | 'saved_by' | 'typed'>;

/** The answer to a form sent without a script where a colleague had saved meanwhile. */
export type RefusedSaving = { mine: Record<string, Typed>; theirs: Theirs };

type Doing = 'resting' | 'typing' | 'saving' | 'offline' | 'signed_out' | 'failed';

const PAUSE = 700;
const RETRY = 4000;

/**
 * A form that saves itself while somebody types: what is not saved is kept on this device, tried again, and put
 * together with what a colleague saved meanwhile; what both changed is asked.
 */
export function formSaving(form: FormView, whose: Whose, refused: RefusedSaving | null) {
	const fields = form.fields.filter(({ region }) => !form.region || region === form.region);
	let saved: Record<string, Typed> = { ...(refused?.theirs ?? form).typed };
	/** Typed on this device, of values on other pages of the form. */
	const elsewhere: Pending = {};
	const begun = reconcile(refused ? asPending(refused.mine) : {}, saved);
	const typed = $state(
		Object.fromEntries(fields.map(({ key }) => [key, { ...at(begun.typed, key) }]))
	);
	let conflicts = $state<Conflict[]>(begun.conflicts);
	let last = $state<Theirs>({ ...(refused?.theirs ?? form) });
	let doing = $state<Doing>('resting');
	let restored = $state(0);
	const edited = new SvelteSet<string>();
	let timer: ReturnType<typeof setTimeout> | undefined;
	let running: Promise<boolean> | null = null;

	function pending(): Pending {
		const here = fields.flatMap(({ key }) => {
			const mine = $state.snapshot(typed[key]) ?? UNTYPED;
			const base = at(saved, key);
			return isSame(mine, base) ? [] : [[key, { base, mine }] as const];
		});
		return { ...elsewhere, ...Object.fromEntries(here) };
	}

	function changed(key: string) {
		edited.add(key);
		keepHere(whose, pending());
		if (doing === 'resting' || doing === 'failed') doing = 'typing';
		clearTimeout(timer);
		timer = setTimeout(() => void save(), PAUSE);
	}

	async function save(): Promise<boolean> {
		if (running) await running;
		running ??= sendAll().finally(() => (running = null));
		return running;
	}

	async function sendAll(): Promise<boolean> {
		clearTimeout(timer);
		for (;;) {
			const left = pending();
			keepHere(whose, left);
			const sent = Object.fromEntries(
				Object.entries(left).filter(([key]) => !conflicts.some((one) => one.key === key))
			);
			if (Object.keys(sent).length === 0) {
				doing = 'resting';
				return conflicts.length === 0;
			}
			doing = 'saving';
			doing = await send(sent);
			if (doing !== 'saving') {
				if (doing !== 'signed_out') timer = setTimeout(() => void save(), RETRY);
				return false;
			}
		}
	}

	async function send(sent: Pending): Promise<Doing> {
		const body = new FormData();
		body.set('obligation', whose.obligation);
		body.set('revision', String(last.revision));
		for (const [key, { mine }] of Object.entries(sent)) {
			body.append('key', key);
			for (const part of ['value', 'reason', 'explanation'] as const) body.append(part, mine[part]);
		}
		let text: string;
		try {
			const headers = { accept: 'application/json', 'x-sveltekit-action': 'true' };
			const answer = await fetch('?/save', { method: 'POST', headers, body });
			text = await answer.text();
		} catch {
			return 'offline';
		}
		const result = answerIn(text);
		const answered = result && 'data' in result ? result.data : undefined;
		if (result?.type === 'success' && answered?.['result']) {
			settle(sent, answered['result'] as Pick<Theirs, 'revision' | 'saved_at'>);
			return 'saving';
		}
		if (result?.type === 'failure' && answered?.['theirs']) {
			merge(answered['theirs'] as Theirs);
			return 'saving';
		}
		return answered?.['refusal'] === 'session_ended' ? 'signed_out' : 'failed';
	}

	function settle(sent: Pending, now: Pick<Theirs, 'revision' | 'saved_at'>) {
		last = { ...last, ...now, saved_by: null };
		for (const [key, { mine }] of Object.entries(sent)) {
			saved[key] = mine;
			delete elsewhere[key];
		}
		keepHere(whose, pending());
	}

	/** A colleague saved: theirs, except where I typed; what we both changed is asked. */
	function merge(theirs: Theirs) {
		const found = reconcile(pending(), theirs.typed);
		saved = { ...theirs.typed };
		for (const { key } of fields) typed[key] = { ...at(found.typed, key) };
		conflicts = found.conflicts;
		last = { ...theirs };
	}

	function decide({ key, theirs }: Conflict, mine: boolean) {
		if (!mine) {
			if (typed[key]) typed[key] = { ...theirs };
			delete elsewhere[key];
		}
		conflicts = conflicts.filter((one) => one.key !== key);
		void save();
	}

	function saveWhatIsLeft() {
		if (Object.keys(pending()).length) void save();
	}

	function begin(): () => void {
		const kept = keptHere(whose);
		const found = reconcile({ ...kept, ...pending() }, saved);
		for (const [key, { mine }] of Object.entries(kept)) {
			if (isSame(mine, at(saved, key))) continue;
			restored++;
			if (typed[key]) typed[key] = { ...mine };
			else elsewhere[key] = kept[key] ?? { base: UNTYPED, mine };
		}
		if (!refused) conflicts = found.conflicts;
		saveWhatIsLeft();
		return () => clearTimeout(timer);
	}

	return {
		/** Those of this page. */
		fields,
		typed,
		/** Keys of the fields in which somebody typed since the page came. */
		edited,
		get conflicts() {
			return conflicts;
		},
		/** The saving that the next one follows. */
		get last() {
			return last;
		},
		get doing() {
			return doing;
		},
		/** How many values this device had kept. */
		get restored() {
			return restored;
		},
		/** Somebody typed in a field. */
		changed,
		/** Saves whatever is not saved; true once nothing is left. */
		save,
		saveWhatIsLeft,
		/** What becomes of a value that a colleague changed too. */
		decide,
		/** Takes up what this device has kept, in the browser; gives what ends it. */
		begin,
		goneOffline: () => {
			doing = 'offline';
		}
	};
}

function at(from: Record<string, Typed>, key: string): Typed {
	return from[key] ?? UNTYPED;
}

/** Without a script nobody knows what stood there before: what was left empty is theirs. */
function asPending(mine: Record<string, Typed>): Pending {
	const said = Object.entries(mine).filter(([, one]) => !isSame(one, UNTYPED));
	return Object.fromEntries(said.map(([key, one]) => [key, { base: UNTYPED, mine: one }]));
}

function answerIn(text: string) {
	try {
		return deserialize<Record<string, unknown>, Record<string, unknown>>(text);
	} catch {
		return null;
	}
}
