/** The answer of an action to a form of the page, as `act` makes it. */
export type Answered = {
	act?: string;
	at?: string;
	values?: Record<string, string[]>;
	errors?: Record<string, string>;
	message?: string;
	result?: unknown;
};

type NameIn<Form> = Form extends { act: infer Name } ? Name & string : never;
type ResultIn<Form, Name> = Form extends { act: Name; result: infer Result } ? Result : never;

/** The values and errors of one form of a page. */
export type Said<Result = unknown> = {
	/** Tells its fields apart from those of the page's other forms: `form` of a `<Field>`. */
	form: string;
	/** Whether it came back. */
	refused: boolean;
	/** What was typed, by field; nothing unless it came back. */
	values: Record<string, string | undefined>;
	errors: Record<string, string | undefined>;
	message: string | undefined;
	/** What was done, where the page shows it. */
	result: Result | undefined;
	/** Whether a box, a radio button or an option was chosen; as given unless the form came back. */
	chosen: (name: string, value: string, otherwise?: boolean) => boolean;
	/** Every value of a name. */
	all: (name: string) => string[];
};

/**
 * What became of one form of a page: `answerOf(form, 'decline', request.id)`. Every form of the page is drawn with its
 * own, so that what was typed into one never shows in another.
 */
export function answerOf<Form extends Answered | null | undefined, Name extends NameIn<Form>>(
	form: Form,
	name: Name,
	at = ''
): Said<ResultIn<NonNullable<Form>, Name>> {
	const own: Answered | null = form?.act === name && (form.at ?? '') === at ? form : null;
	const values = own?.values;
	const all = (field: string) => values?.[field] ?? [];
	return {
		form: formName(name, at),
		refused: values !== undefined,
		values: Object.fromEntries(
			Object.entries(values ?? {}).map(([field, [first]]) => [field, first])
		),
		errors: own?.errors ?? {},
		message: own?.message,
		result: own?.result as ResultIn<NonNullable<Form>, Name> | undefined,
		chosen: (field, value, otherwise = false) => (values ? all(field).includes(value) : otherwise),
		all
	};
}

/** Names a form of a page by its act and, where there are several, by what it is about. */
export function formName(act: string, at = ''): string {
	return at ? `${act}-${at}` : act;
}

/** `?/return&page=2`: the address of an act that keeps what the page shows, also when the form comes back. */
export function actAddress({ searchParams }: URL, act: string): string {
	const kept = new URLSearchParams(
		[...searchParams].filter(([name]) => name !== 'done' && !name.startsWith('/'))
	).toString();
	return `?/${act}${kept && `&${kept}`}`;
}
