import { expect, it } from 'vitest';
import { auditFilter } from './filter.ts';

it('reads an auditor’s filter from the address', () => {
	const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
	expect(
		auditFilter(
			new URLSearchParams({
				verb: 'cast_vote',
				organisation: id,
				since: '2026-11-01',
				until: '2026-11-30'
			})
		)
	).toEqual({ verb: 'cast_vote', organisation: id, since: '2026-11-01', until: '2026-11-30' });
});

it('lets nothing else into the query', () => {
	expect(
		auditFilter(
			new URLSearchParams({
				verb: "x'; drop",
				organisation: 'id.eq.1,verb.neq.2',
				since: '2026-02-30',
				until: 'today'
			})
		)
	).toEqual({ verb: null, organisation: null, since: null, until: null });
});
