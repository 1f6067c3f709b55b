import { chance, pick, whole } from './chance.ts';
import type { Party } from './parties.ts';
import { addDays, at, day, opensOn, type Calendar } from './time.ts';

type Status = 'draft' | 'submitted' | 'accepted' | 'returned' | 'superseded';

/** One filing of an obligation: who decided on it and when. */
export type Version = {
	number: number | null;
	status: Status;
	stage: number;
	submittedAt: Date;
	decidedAt: Date | null;
	/** In the order of the stages; the one with a reason is a return. */
	reviews: { by: string; at: Date; reason: string | null }[];
	/** The version holds a slip: a digit too many, or a figure left too low. */
	wrong?: 'typo' | 'stale';
};

export type Plan = { excused: string | null; versions: Version[] };

/** What the newest period shows: every state a filing can be in. A missing one is still to be filed. */
const newest: Record<string, 'submitted' | 'returned' | 'endorsed' | 'accepted'> = {
	hewei: 'returned',
	xiaobu: 'submitted',
	yunjian: 'accepted',
	jizhou: 'submitted',
	chengxing: 'accepted',
	luming: 'accepted',
	tuoling: 'accepted',
	guangyu: 'accepted',
	lujiazui: 'returned',
	weifang: 'submitted',
	huamu: 'submitted',
	jinyang: 'endorsed',
	yangjing: 'accepted',
	tianshan: 'submitted',
	xianxia: 'endorsed',
	jiangsu: 'accepted',
	xujiahui: 'submitted',
	tianlin: 'accepted',
	dangwei: 'accepted',
	dangwei_changning: 'accepted',
	dangwei_pudong: 'submitted'
};

/** Periods told apart by hand: `party:index of the period`. */
const neverFiled = ['linli:3', 'linli:9', 'linli:10', 'linli:18'];
const excused: Record<string, string> = {
	'guangyu:0': '次月接入联席会议，经秘书处同意免报。',
	'guangyu:1': '次月接入联席会议，经秘书处同意免报。',
	'linli:0': '系统迁移，经秘书处同意免报一期。',
	'jinyang:5': '街道办公场所搬迁，经秘书处同意免报一期。'
};
const returned = [
	'xunda:6',
	'hewei:14',
	'xiaobu:19',
	'jizhou:7',
	'tuoling:12',
	'guangyu:16',
	'huamu:18',
	'xianxia:11',
	'dangwei:4'
];
const correctedLater = ['chengxing:11', 'yunjian:17', 'hewei:20'];
const replaced = ['luming:8', 'xiaobu:13', 'guangyu:21', 'tianlin:15'];
const waitingStill: Record<string, 'submitted' | 'returned' | 'endorsed'> = {
	'luming:23': 'submitted',
	'linli:23': 'returned',
	'caojiadu:23': 'endorsed'
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

/** How a party filed one period; `index` counts the periods from 0 (24, or 7 for quarters, is the newest). */
export function planOf(
	party: Party,
	index: number,
	period: string,
	due: string,
	calendar: Calendar
): Plan {
	const key = `${party.key}:${index}`;
	if (excused[key]) return { excused: excused[key], versions: [] };
	const isNewest = index === (party.kind === 'party' ? 7 : 24);
	const open = { excused: null, versions: [] };
	if (neverFiled.includes(key)) return open;

	const clock = isNewest ? recently(period, due, key, calendar) : inTime(party, due, key, calendar);
	if (isNewest) {
		const state = newest[party.key];
		return state ? { excused: null, versions: waiting(party, state, clock, key) } : open;
	}
	if (waitingStill[key])
		return { excused: null, versions: waiting(party, waitingStill[key], clock, key) };

	const first = clock(0);
	if (returned.includes(key) || chance(`returned ${key}`) < 0.035) {
		const back = { ...returnedVersion(party, first, clock(1), key), wrong: 'typo' as const };
		return { excused: null, versions: [back, acceptedVersion(party, 2, clock(2), clock(3))] };
	}
	if (correctedLater.includes(key)) {
		const before = acceptedVersion(party, 1, first, clock(1));
		return {
			excused: null,
			versions: [
				{ ...before, status: 'superseded', wrong: 'stale' },
				acceptedVersion(party, 2, clock(12), clock(13))
			]
		};
	}
	if (replaced.includes(key)) {
		return {
			excused: null,
			versions: [
				{
					number: 1,
					status: 'superseded',
					stage: 0,
					submittedAt: first,
					decidedAt: clock(0.4),
					reviews: [],
					wrong: 'stale'
				},
				acceptedVersion(party, 2, clock(0.4), clock(1.4))
			]
		};
	}
	return { excused: null, versions: [acceptedVersion(party, 1, first, clock(1))] };
}

function waiting(
	party: Party,
	state: Exclude<Status, 'draft' | 'superseded'> | 'endorsed',
	clock: Clock,
	key: string
): Version[] {
	const filed = clock(0);
	if (state === 'accepted') return [acceptedVersion(party, 1, filed, clock(1))];
	if (state === 'returned')
		return [{ ...returnedVersion(party, filed, clock(1), key), wrong: 'typo' }];
	const first: Version = {
		number: 1,
		status: 'submitted',
		stage: state === 'endorsed' ? 1 : 0,
		submittedAt: filed,
		decidedAt: null,
		reviews:
			state === 'endorsed' ? [{ by: reviewers(party)[0] ?? '', at: clock(1), reason: null }] : []
	};
	const draft: Version = {
		number: null,
		status: 'draft',
		stage: 0,
		submittedAt: clock(1),
		decidedAt: null,
		reviews: []
	};
	return party.key === 'jizhou' ? [first, draft] : [first];
}

function acceptedVersion(party: Party, number: number, filed: Date, decided: Date): Version {
	const by = reviewers(party);
	const step = (decided.getTime() - filed.getTime()) / by.length;
	return {
		number,
		status: 'accepted',
		stage: by.length,
		submittedAt: filed,
		decidedAt: decided,
		reviews: by.map((reviewer, at) => ({
			by: reviewer,
			at: new Date(filed.getTime() + step * (at + 1)),
			reason: null
		}))
	};
}

function returnedVersion(party: Party, filed: Date, decided: Date, key: string): Version {
	return {
		number: 1,
		status: 'returned',
		stage: 0,
		submittedAt: filed,
		decidedAt: decided,
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
type Clock = (step: number) => Date;

/** Around the due date, in office hours, and never after now. */
function inTime(party: Party, due: string, key: string, calendar: Calendar): Clock {
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
function recently(period: string, due: string, key: string, calendar: Calendar): Clock {
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
