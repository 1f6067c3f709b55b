import { chance, pick, whole } from './chance.ts';
import type { Party } from './parties.ts';
import { addDays, at, day, opensOn, type Calendar } from './time.ts';

/** One filing of an obligation: who decided on it and when. */
export type Version = {
	/** Null: a draft. */
	number: number | null;
	submittedAt: Date;
	/** In the order of the stages; the one with a reason is a return. */
	reviews: { by: string; at: Date; reason: string | null }[];
	/** The version holds a slip: a digit too many, or a figure left too low; doubted: it is right, and a reviewer thinks not. */
	wrong?: 'typo' | 'stale' | 'doubted';
	/** Versions of one slip err in the same cell. */
	slip?: string;
	/** What the clerk answered to the marks. */
	reply?: { at: Date; text: string };
	/** What the marks do not open was accepted at once. */
	partly?: true;
};

/** More time that somebody asked for; without an answer it waits for one, without a day it was declined. */
export type Extension = {
	askedAt: Date;
	wished: string;
	reason: string;
	answer: { at: Date; by: 'labour' | 'convener'; due: string | null; words: string } | null;
};

/** A correction of what was accepted, opened by the organisation or by the reviewer who reopens it. */
export type Correction = {
	openedAt: Date;
	by: 'reporter' | 'reviewer';
	reason: string;
	objection?: {
		kind: 'return' | 'reopening';
		at: Date;
		reason: string;
		decision?: { at: Date; outcome: 'upheld' | 'accepted_as_filed'; reason: string };
	};
};

export type Plan = {
	excused: string | null;
	versions: Version[];
	extension?: Extension;
	correction?: Correction;
	/** A locked filing that may be corrected all the same. */
	exception?: { at: Date; until: string; reason: string };
};

const lateness: Record<string, number> = {
	linli: 0.45,
	guangyu: 0.2,
	tuoling: 0.15,
	community: 0.07,
	party: 0.12
};

const reasons = [
	'标记单元格与上月相差过大，疑似录入错误，请核对后重新报送。',
	'标记单元格与贵单位上季度说明的口径不一致，请核对。',
	'请核对标记的数值是否漏报合作企业部分，核对后重新报送。'
];

export function waiting(
	party: Party,
	state: 'submitted' | 'accepted' | 'returned' | 'returnedTwice' | 'endorsed',
	clock: Clock,
	key: string
): Version[] {
	const filed = clock(0);
	if (state === 'accepted') return [acceptedVersion(party, 1, filed, clock(1))];
	if (state === 'returned')
		return [{ ...returnedVersion(party, filed, clock(1), key), wrong: 'typo' }];
	if (state === 'returnedTwice') {
		return [
			{
				...returnedVersion(party, filed, clock(1), key),
				wrong: 'typo',
				slip: key,
				reply: { at: clock(2), text: '确为录入错误，已按系统数据更正。' }
			},
			{
				...returnedVersion(party, clock(2.5), clock(3), key),
				number: 2,
				wrong: 'doubted',
				slip: key,
				partly: true,
				reply: { at: clock(4), text: '已向区站点核对，下周提供签到表，请问可否先按此数认定？' }
			}
		];
	}
	const first: Version = {
		number: 1,
		submittedAt: filed,
		reviews:
			state === 'endorsed' ? [{ by: reviewers(party)[0] ?? '', at: clock(1), reason: null }] : []
	};
	const draft: Version = { number: null, submittedAt: clock(1), reviews: [] };
	return party.key === 'jizhou' ? [first, draft] : [first];
}

export function acceptedVersion(party: Party, number: number, filed: Date, decided: Date): Version {
	const by = reviewers(party);
	const step = (decided.getTime() - filed.getTime()) / by.length;
	return {
		number,
		submittedAt: filed,
		reviews: by.map((reviewer, at) => ({
			by: reviewer,
			at: new Date(filed.getTime() + step * (at + 1)),
			reason: null
		}))
	};
}

export function returnedVersion(party: Party, filed: Date, decided: Date, key: string): Version {
	return {
		number: 1,
		submittedAt: filed,
		reviews: [
			{ by: reviewers(party)[0] ?? '', at: decided, reason: pick(`reason ${key}`, reasons) }
		]
	};
}

/** Community filings pass their district, then the city. */
function reviewers(party: Party): string[] {
	if (party.kind === 'platform') return ['labour'];
	if (party.kind === 'party') return ['convener'];
	const district: Record<string, string> = {
		'310115': 'pudong',
		'310105': 'changning',
		'310104': 'xuhui',
		'310106': 'jingan'
	};
	return [district[party.region_code.slice(0, 6)] ?? '', 'labour'];
}

/** Moments of one filing: 0 is when it is filed, 1 when it is decided, 2 when it is filed again, and so on. */
export type Clock = (step: number) => Date;

/** Around the due date, in office hours, and never after now. */
export function inTime(party: Party, due: string, key: string, calendar: Calendar): Clock {
	const late = chance(`late ${key}`) < (lateness[party.key] ?? lateness[party.kind] ?? 0.05);
	const filed = addDays(due, late ? whole(`days ${key}`, 1, 9) : -whole(`days ${key}`, 0, 4));
	return (step) => {
		const days = Math.ceil(step * (2 + 2 * chance(`pace ${key}`)));
		const moment = at(addDays(filed, days), office(`${key} ${step}`)).getTime() + step * 90_000;
		const latest = calendar.now.getTime() - (6 - step * 0.4) * 3600_000;
		return new Date(Math.min(moment, latest));
	};
}

/** Between the day the period opened and now, whatever day of the month it is. */
export function recently(period: string, due: string, key: string, calendar: Calendar): Clock {
	const opened = at(opensOn(period)).getTime();
	const end = Math.min(calendar.now.getTime(), at(due, '18:00').getTime() + 3 * day);
	const first = opened + (end - opened) * (0.25 + 0.4 * chance(`filed ${key}`));
	return (step) =>
		new Date(step === 0 ? first : first + (end - first) * Math.min(0.95, 0.3 + 0.2 * step));
}

function office(text: string): string {
	const minutes = whole(`clock ${text}`, 9 * 60, 17 * 60);
	return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
