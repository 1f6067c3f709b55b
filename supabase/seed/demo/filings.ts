import { chance, idOf, pick, sha256, whole } from './chance.ts';
import { communityFigures } from './community-figures.ts';
import { councilId, districtsOf, parties, partyOf, type Party } from './parties.ts';
import { partyFigures } from './party-figures.ts';
import { personOf } from './people.ts';
import { planOf, type Correction, type Extension, type Plan, type Version } from './filing-plan.ts';
import { countsByMode, platformFigures, platforms, type Figures } from './platform-figures.ts';
import type { Entry, Row } from './store.ts';
import { opensOn, type Calendar } from './time.ts';
import { unusually } from './unusual-figures.ts';

/** A dataset as it stands in the database. */
export type Dataset = {
	code: string;
	kind: string;
	name_zh: string;
	version: number;
	measures: { code: string; additive: boolean; required: boolean }[];
	/** Rules of kind part_le_whole that ask for an explanation. */
	warnings: { code: string; part: string; whole: string; params: Row }[];
};

export type Filings = {
	obligations: Row[];
	submissions: Row[];
	reviews: Row[];
	entries: Entry[];
	audit: Row[];
	replies: Row[];
	/** Filings that wait with unusual figures: which rules they break is seen when the others are there. */
	unusual: { submission: Row; obligation: string; entries: Entry[] }[];
	/** Submissions that were returned while the rest of them was accepted. */
	partly: string[];
	requests: Row[];
	exceptions: Row[];
	/** Corrections as they were opened; `by` replaces what was accepted `at` a later moment. */
	revisions: { row: Row; revised: { by: string; at: Date } | null }[];
	contests: Row[];
};

/** Everything that was filed, reviewed, returned and corrected. `dueOn` tells the due date of a dataset's period. */
export function makeFilings(
	calendar: Calendar,
	datasets: Dataset[],
	dueOn: (dataset: string, period: string) => string
): Filings {
	const made: Filings = {
		obligations: [],
		submissions: [],
		reviews: [],
		entries: [],
		audit: [],
		replies: [],
		unusual: [],
		partly: [],
		requests: [],
		exceptions: [],
		revisions: [],
		contests: []
	};
	for (const dataset of datasets) {
		const periods = dataset.kind === 'party' ? calendar.quarters : calendar.months;
		const filers = parties.filter((party) => party.kind === dataset.kind);
		periods.forEach((period, at) => {
			const due = dueOn(dataset.code, period);
			openPeriod(made, dataset, period, filers.length);
			for (const party of filers) {
				const plan = planOf(party, at, period, due, calendar);
				const obligation = idOf(`obligation ${dataset.code} ${party.key} ${period}`);
				const given = plan.extension?.answer?.due ?? null;
				made.obligations.push({
					id: obligation,
					council_id: councilId,
					dataset_code: dataset.code,
					organisation_id: party.id,
					period,
					opens_on: opensOn(period),
					due_on: given ?? due,
					original_due_on: given && due,
					changes: given ? 1 : 0,
					excused_reason: plan.excused,
					created_at: opensOn(period)
				});
				const of: Owed = { dataset, party, period, obligation };
				if (plan.extension) askForTime(made, of, due, plan.extension);
				if (!plan.versions.length) continue;
				const cells = cellsOf(dataset, party, period, at);
				const usual = !unusually(`${party.key}:${at}`, cells);
				for (const version of plan.versions)
					file(made, { ...of, due: given ?? due, cells, version, usual });
				if (plan.correction) correct(made, of, plan, plan.correction);
				if (plan.exception) permit(made, of, plan.exception);
			}
		});
	}
	return made;
}

function openPeriod(made: Filings, dataset: Dataset, period: string, count: number) {
	const convener = partyOf('convener');
	made.audit.push({
		at: `${opensOn(period)}T01:05:00Z`,
		council_id: councilId,
		organisation_id: convener.id,
		subject_organisation_id: null,
		person_id: personOf('convener', 'admin'),
		audience: 'council',
		verb: 'open_obligations',
		subject_type: 'dataset',
		subject_id: dataset.code,
		details: { period, count }
	});
}

export type Cell = Omit<Entry, 'submission_id' | 'position'>;

type Owed = { dataset: Dataset; party: Party; period: string; obligation: string };

type Filing = Owed & {
	due: string;
	cells: Cell[];
	version: Version;
	/** Whether its figures are what they always are. */
	usual: boolean;
};

function submissionOf({ dataset, party, period }: Owed, number: number | null): string {
	return idOf(`submission ${dataset.code} ${party.key} ${period} ${number ?? 'draft'}`);
}

function file(made: Filings, filing: Filing) {
	const { dataset, party, period, obligation, due, cells, version, usual } = filing;
	const id = submissionOf(filing, version.number);
	const filed = version.status !== 'draft';
	const reporter = personOf(party.key, 'reporter');
	const wrong = version.wrong
		? mistakeIn(cells, version.slip ?? `${id} ${version.wrong}`, version.wrong)
		: null;
	const values = filed
		? cells.map((cell, at) => (wrong?.at === at ? { ...cell, value: wrong.value } : cell))
		: [];
	const entries = values.map((cell, at) => ({ submission_id: id, position: at + 1, ...cell }));
	const submission: Row = {
		id,
		obligation_id: obligation,
		council_id: councilId,
		organisation_id: party.id,
		dataset_code: dataset.code,
		dataset_version: dataset.version,
		period,
		version: version.number,
		status: version.status,
		stage: version.stage,
		file_name: `${dataset.name_zh}_${period}_${party.short_zh}${(version.number ?? 1) > 1 ? `_更正${version.number}` : ''}.xlsx`,
		file_sha256: sha256(id),
		file_size: 9200 + values.length * 31 + whole(id, 0, 900),
		row_count: filed ? values.length : null,
		warnings: filed ? warningsOf(dataset, values) : [],
		created_by: reporter,
		created_at: version.submittedAt,
		submitted_at: filed ? version.submittedAt : null,
		late_days: filed
			? Math.max(
					0,
					Math.round((Date.parse(shanghaiDate(version.submittedAt)) - Date.parse(due)) / 86_400_000)
				)
			: null,
		decided_at: version.decidedAt
	};
	if (filed && !usual) made.unusual.push({ submission, obligation, entries });
	else {
		// One by one: a filing of all districts has more cells than a call takes arguments.
		for (const entry of entries) made.entries.push(entry);
		made.submissions.push(submission);
	}
	if (!filed) return;
	if (version.partly) made.partly.push(id);

	const event = (at: Date, organisation: Party, person: string, verb: string) =>
		eventOf(filing, at, organisation, person, verb, 'submission', id);
	made.audit.push(event(version.submittedAt, party, reporter, 'submit'));
	version.reviews.forEach((review, stage) => {
		const reviewer = partyOf(review.by);
		const person = personOf(review.by, 'reviewer');
		const last = stage === version.reviews.length - 1;
		const reviewed = idOf(`review ${id} ${stage}`);
		made.reviews.push({
			id: reviewed,
			submission_id: id,
			stage: stage + 1,
			organisation_id: reviewer.id,
			reviewed_by: person,
			reviewed_at: review.at,
			decision: review.reason ? 'return' : 'accept',
			reason: review.reason,
			marks:
				review.reason && wrong
					? [
							{
								position: wrong.at + 1,
								code: 'out_of_line_with_history',
								note: wrong.note,
								opens: 'cell'
							}
						]
					: []
		});
		if (review.reason && wrong && version.reply) {
			made.replies.push({
				review_id: reviewed,
				position: wrong.at + 1,
				text: version.reply.text,
				replied_by: reporter,
				replied_at: version.reply.at
			});
			made.audit.push(event(version.reply.at, party, reporter, 'reply_to_marks'));
		}
		const endorsed = !review.reason && (!last || version.status === 'submitted');
		const returned = version.partly ? 'accept_partly' : 'return';
		made.audit.push(
			event(review.at, reviewer, person, review.reason ? returned : endorsed ? 'endorse' : 'accept')
		);
	});
}

/** What the record says of an act about a filing or the period it is for. */
function eventOf(
	{ dataset, party, period }: Owed,
	at: Date,
	organisation: Party,
	person: string,
	verb: string,
	subject_type: 'submission' | 'obligation',
	subject_id: string,
	more: Row = {}
): Row {
	return {
		at,
		council_id: councilId,
		organisation_id: organisation.id,
		subject_organisation_id: party.id,
		person_id: person,
		audience: 'organisation',
		verb,
		subject_type,
		subject_id,
		details: { dataset: dataset.code, period, ...more }
	};
}

function askForTime(
	made: Filings,
	of: Owed,
	due: string,
	{ askedAt, wished, reason, answer }: Extension
) {
	const { party, obligation } = of;
	const asker = personOf(party.key, 'reporter');
	const by = answer && partyOf(answer.by);
	const decider = answer && personOf(answer.by, answer.by === 'convener' ? 'admin' : 'reviewer');
	made.requests.push({
		id: idOf(`extension ${obligation}`),
		obligation_id: obligation,
		council_id: councilId,
		organisation_id: party.id,
		due_before: due,
		wished_on: wished,
		reason,
		asked_by: asker,
		asked_at: askedAt,
		status: answer ? (answer.due ? 'approved' : 'declined') : 'open',
		due_after: answer?.due ?? null,
		decision_reason: answer?.words ?? null,
		decided_by: decider,
		decided_by_organisation: by?.id ?? null,
		decided_at: answer?.at ?? null
	});
	const event = (at: Date, organisation: Party, person: string, verb: string, more: Row) =>
		made.audit.push(eventOf(of, at, organisation, person, verb, 'obligation', obligation, more));
	event(askedAt, party, asker, 'request_extension', { due_on: due, wished_on: wished });
	if (answer && by && decider)
		event(answer.at, by, decider, answer.due ? 'approve_extension' : 'decline_extension', {
			due_before: due,
			due_on: answer.due ?? due
		});
}

function permit(made: Filings, of: Owed, { at, until, reason }: NonNullable<Plan['exception']>) {
	const secretariat = personOf('convener', 'admin');
	made.exceptions.push({
		id: idOf(`exception ${of.obligation}`),
		obligation_id: of.obligation,
		council_id: councilId,
		organisation_id: of.party.id,
		reason,
		until,
		granted_by: secretariat,
		granted_at: at
	});
	made.audit.push(
		eventOf(
			of,
			at,
			partyOf('convener'),
			secretariat,
			'permit_late_change',
			'obligation',
			of.obligation,
			{ until }
		)
	);
}

function correct(made: Filings, of: Owed, { versions }: Plan, correction: Correction) {
	const { dataset, party, period, obligation } = of;
	const { openedAt, by, reason, end, contest } = correction;
	const [first, second] = versions.map(({ number }) => submissionOf(of, number));
	const reporter = personOf(party.key, 'reporter');
	const opener = by === 'reporter' ? party : partyOf('labour');
	const person = by === 'reporter' ? reporter : personOf('labour', 'reviewer');
	const event = (at: Date, organisation: Party, who: string, verb: string, about?: string) =>
		made.audit.push(eventOf(of, at, organisation, who, verb, 'submission', about ?? ''));
	made.revisions.push({
		row: {
			id: idOf(`revision ${obligation}`),
			obligation_id: obligation,
			council_id: councilId,
			organisation_id: party.id,
			dataset_code: dataset.code,
			period,
			number: 1,
			replaces_id: first,
			reason,
			opened_by: person,
			opened_by_organisation: opener.id,
			opened_at: openedAt,
			withdrawn_at: end === 'withdrawn' ? (contest?.decision?.at ?? null) : null
		},
		revised:
			end === 'revised' && second && versions[1]?.decidedAt
				? { by: second, at: versions[1].decidedAt }
				: null
	});
	event(openedAt, opener, person, by === 'reporter' ? 'open_revision' : 'reopen', first);
	if (!contest) return;
	const contested = contest.kind === 'return' ? second : first;
	const secretariat = personOf('convener', 'admin');
	made.contests.push({
		id: idOf(`contest ${obligation}`),
		submission_id: contested,
		council_id: councilId,
		organisation_id: party.id,
		kind: contest.kind,
		reason: contest.reason,
		contested_by: reporter,
		contested_at: contest.at,
		outcome: contest.decision?.outcome ?? null,
		decision_reason: contest.decision?.reason ?? null,
		decided_by: contest.decision ? secretariat : null,
		decided_at: contest.decision?.at ?? null
	});
	event(contest.at, party, reporter, 'contest', contested);
	if (contest.decision)
		event(contest.decision.at, partyOf('convener'), secretariat, 'decide_contest', contested);
}

function shanghaiDate(moment: Date): string {
	return new Date(moment.getTime() + 8 * 3600_000).toISOString().slice(0, 10);
}

/** A slip of a clerk that no rule forbids but a reviewer sees. */
function mistakeIn(cells: Cell[], text: string, kind: NonNullable<Version['wrong']>) {
	const measures = [
		'orders_completed',
		'trained_workers',
		'station_visits',
		'services_delivered',
		'guidance_visits'
	];
	const candidates = cells.flatMap((cell, at) =>
		measures.includes(cell.measure_code) && (cell.value ?? 0) >= 20 ? [at] : []
	);
	if (!candidates.length) return null;
	const at = pick(text, candidates);
	const right = cells[at]?.value ?? 0;
	if (kind === 'doubted')
		return { at, value: right, note: '与原报数值和上月相差较大，请提供依据或维持原报。' };
	const tenfold = kind === 'typo' && !['trained_workers'].includes(cells[at]?.measure_code ?? '');
	return tenfold
		? { at, value: right * 10, note: '数值约为上月的 10 倍，疑似多录一位，请核对。' }
		: {
				at,
				value: Math.floor(right * 0.82),
				note: '与上月完全相同口径下偏低，请核对是否漏报合作企业。'
			};
}

function warningsOf(dataset: Dataset, cells: Cell[]): Row[] {
	const explained = cells.filter((cell) => cell.explanation);
	return explained.map((cell) => {
		const rule = dataset.warnings.find((one) => one.part === cell.measure_code);
		return {
			rule: rule?.code ?? 'explained',
			cell: cell.cell,
			value: String(cell.value),
			params: rule?.params ?? {},
			explanation: cell.explanation
		};
	});
}

type Line = {
	region: string;
	occupation: string;
	mode: string;
	measures: string[];
	figures: Figures;
};

/** The cells of a filing in the order of its file: a line for each place and breakdown, a column for each measure. */
function cellsOf(dataset: Dataset, party: Party, period: string, at: number): Cell[] {
	const cells: Cell[] = [];
	const columns = new Map(
		dataset.measures.map((measure, position) => [measure.code, letters(position + 4)])
	);
	linesOf(dataset, party, period, at).forEach((line, row) => {
		for (const measure of line.measures) {
			const reason = missing(party.key, measure, line.region, period, at);
			const value = reason ? null : (line.figures[measure] ?? null);
			const whole = dataset.warnings.find((rule) => rule.part === measure)?.whole;
			const exceeds =
				value !== null && whole !== undefined && value > (line.figures[whole] ?? value);
			cells.push({
				measure_code: measure,
				region_code: line.region,
				occupation: line.occupation,
				employment_mode: line.mode,
				value,
				missing_reason: value === null ? (reason ?? 'not_applicable') : null,
				explanation: exceeds
					? '含合作企业为外包站点人员签订的劳动合同，该部分人员未计入确立劳动关系人数。'
					: null,
				cell: `${columns.get(measure)}${row + 2}`
			});
		}
	});
	return cells;
}

function linesOf(dataset: Dataset, party: Party, period: string, at: number): Line[] {
	const codes = dataset.measures.map((measure) => measure.code);
	const line = (
		region: string,
		figures: Figures,
		occupation = '',
		mode = '',
		measures = codes
	): Line => {
		const known = measures.filter((code) => isFiled(dataset, code, figures));
		return { region, occupation, mode, measures: known, figures };
	};
	if (party.kind === 'community')
		return [line(party.region_code, communityFigures(party.key, period, at))];
	if (party.kind === 'party') {
		return districtsOf(party).map((district) => line(district, partyFigures(period, at, district)));
	}
	const occupation = platforms[party.key]?.occupation ?? '';
	const statistics = dataset.measures
		.filter((measure) => !measure.additive)
		.map((measure) => measure.code);
	return districtsOf(party).flatMap((district) => {
		const byMode = platformFigures(party.key, period, at, district);
		const counts = codes.filter((code) => !statistics.includes(code));
		const modes = Object.keys(byMode).filter((mode) => mode);
		return [
			...modes.map((mode) =>
				line(district, byMode[mode] ?? {}, occupation, mode, counts.filter(countsByMode))
			),
			line(
				district,
				byMode[''] ?? {},
				occupation,
				'',
				modes.length ? counts.filter((code) => !countsByMode(code)) : counts
			),
			// A median of all workers, not of one occupation: it cannot be put together from parts.
			line(district, byMode[''] ?? {}, '', '', statistics)
		].filter((one) => one.measures.length);
	});
}

/** Optional measures that do not apply are left out; required ones are filed as missing, with the reason. */
function isFiled(dataset: Dataset, code: string, figures: Figures): boolean {
	return (
		code in figures ||
		(dataset.measures.find((measure) => measure.code === code)?.required ?? false)
	);
}

function missing(
	key: string,
	measure: string,
	region: string,
	period: string,
	at: number
): Entry['missing_reason'] {
	if (key === 'linli' && measure === 'rest_overdue_workers' && at < 8) return 'not_collected';
	if (key === 'linli' && measure === 'penalised_workers' && region === '310151')
		return 'not_collected';
	if (key === 'hewei' && measure === 'trained_workers' && region === '310151' && at < 6)
		return 'not_collected';
	if (key === 'xiaobu' && measure === 'mean_commission_rate' && at < 12) return 'confidential';
	if (
		key === 'tuoling' &&
		measure.startsWith('complaints_') &&
		['310116', '310118'].includes(region) &&
		at % 7 === 5
	) {
		return 'late';
	}
	if (measure === 'psych_sessions' && chance(`psych ${key}`) < 0.3) return 'not_collected';
	if (measure.startsWith('hazards_answered') && chance(`answered ${key} ${period}`) < 0.05)
		return 'late';
	return null;
}

function letters(column: number): string {
	return column <= 26
		? String.fromCharCode(64 + column)
		: letters(Math.floor((column - 1) / 26)) + letters(((column - 1) % 26) + 1);
}
