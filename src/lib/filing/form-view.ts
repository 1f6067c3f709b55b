import type { Named } from '#lib/kernel/named.ts';
import { cellKey } from './entry.ts';
import { isFilled, UNTYPED, type Form, type Typed } from './form.ts';
import type { Language } from './problem-message.ts';

/** A form as its page shows it: the fields of one region or all, the others counted. */
export function formView(form: Form, region: string | null, language: Language) {
	const english = language === 'en';
	const nameOf = (item: Named | undefined) =>
		(english ? item?.name_en : null) ?? item?.name_zh ?? '';
	const named = (list: { code: string; name_zh: string; name_en: string }[], code: string) =>
		nameOf(list.find((item) => item.code === code));
	const shown = form.too_large ? [] : form.fields;
	const fields = shown.map((field) => {
		const { key, measure, region_code, occupation, employment_mode } = field;
		const unit = form.units.get(measure.unit);
		const place = { measure_code: measure.code, region_code, occupation, employment_mode };
		return {
			key,
			region: region_code,
			expected: field.expected,
			region_name: nameOf(form.regions.find(({ code }) => code === region_code)),
			breakdown: [
				named(form.dataset.occupations, occupation),
				named(form.dataset.employment_modes, employment_mode)
			]
				.filter(Boolean)
				.join(' · '),
			name: nameOf(measure),
			unit: (english ? unit?.symbol_en : unit?.symbol_zh) ?? '',
			required: measure.required,
			closed: form.closed.has(key),
			decimals: measure.decimals,
			previous: form.previous.get(cellKey(place)) ?? null,
			filled: isFilled(field, form.typed)
		};
	});
	return {
		fields,
		region,
		regions: form.regions.map(({ code, ...item }) => {
			const own = fields.filter((field) => field.region === code);
			const filled = own.filter((field) => field.filled).length;
			return { code, name: nameOf(item), filled, total: own.length };
		}),
		typed: Object.fromEntries(
			fields.map(({ key }): [string, Typed] => [key, form.typed[key] ?? UNTYPED])
		),
		too_large: form.too_large,
		revision: form.revision,
		saved_at: form.saved_at,
		saved_by: form.saved_by,
		behind: form.behind
	};
}

export type FormView = ReturnType<typeof formView>;
export type FieldView = FormView['fields'][number];
