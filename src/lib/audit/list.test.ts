import { expect, it } from 'vitest';
import { listOf } from '#lib/kernel/list.ts';
import { auditList } from './list.ts';

const filterOf = (asked: Record<string, string>) =>
	listOf(
		new URL(`https://xiezhi.example/audit?${new URLSearchParams(asked).toString()}`),
		auditList
	).filters;

it('reads an auditor’s filter from the address', () => {
	const asked = {
		verb: 'cast_vote',
		organisation: '0f8fad5b-d9cb-469f-a165-70867728950e',
		since: '2026-11-01',
		until: '2026-11-30'
	};
	expect(filterOf(asked)).toEqual(asked);
});

it('lets nothing else into the query', () => {
	expect(
		filterOf({
			verb: "x'; drop",
			organisation: 'id.eq.1,verb.neq.2',
			since: '2026-02-30',
			until: 'today'
		})
	).toEqual({ verb: null, organisation: null, since: null, until: null });
});
