import { idOf, sha256, whole } from './chance.ts';
import { filedIn, nameOf, warningsOf } from './filed-figures.ts';
import type { Version } from './filing-versions.ts';
import { explained } from './rules-broken.ts';
import { insertEntries } from './store.ts';
import { who, type Chapter, type Owed } from './story.ts';
import type { Stage } from './tell.ts';

/** Everything that was filed: begun, its entries added, handed in. */
export const submissions: Chapter = ({ owed, calendar }) =>
	owed.flatMap((one) =>
		one.plan.versions.map((version) => ({
			// After an hour whoever files next would clear a draft away.
			at: version.number ? version.submittedAt : new Date(calendar.now.getTime() - 60_000),
			by: who(one.party.key, 'reporter'),
			does: (stage) => file(stage, one, version)
		}))
	);

async function file(stage: Stage, owed: Owed, version: Version): Promise<void> {
	const { dataset, party, period } = owed;
	const { call, ids } = stage;
	const name = nameOf(owed, version);
	const again = (version.number ?? 1) > 1 ? `_更正${version.number}` : '';
	const { cells, usual } = version.number ? filedIn(owed, version) : { cells: [], usual: true };
	const { submission } = await call<{ submission: string }>('start_submission', {
		obligation: ids.of(owed.name),
		file_name: `${dataset.name_zh}_${period}_${party.short_zh}${again}.xlsx`,
		file_sha256: sha256(idOf(name)),
		file_size: 9200 + cells.length * 31 + whole(idOf(name), 0, 900)
	});
	ids.keep(name, submission);
	// A draft was begun, and no more.
	if (!version.number) return;
	const entries = cells.map((cell, at) => ({
		submission_id: submission,
		position: at + 1,
		...cell
	}));
	const warnings = usual ? warningsOf(dataset, entries) : await explained(stage, owed, entries);
	await Promise.all([
		insertEntries(stage, entries),
		call('submit_submission', {
			submission,
			expected: entries.length,
			warnings: JSON.stringify(warnings)
		})
	]);
}
