import { chance, pick, whole } from './chance.ts';
import type { Party } from './parties.ts';
import { addDays, at, day, opensOn, weekday, type Calendar } from './time.ts';

type Status = 'draft' | 'submitted' | 'accepted' | 'returned' | 'superseded' | 'reopened';

/** One filing of an obligation: who decided on it and when. */
export type Version = {
	number: number | null;
	status: Status;
	stage: number;
	submittedAt: Date;
	decidedAt: Date | null;
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
	end: 'open' | 'revised' | 'withdrawn';
	contest?: {
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
const correctedLater: Record<string, string> = {
	'chengxing:11': '复核时发现漏计一个合作车队，补报。',
	'yunjian:17': '站点名册更新后，漏报的培训人数补充上报。',
	'hewei:20': '系统口径调整，上报时少计了一个区的数据。'
};
const disputed: Record<string, (party: Party, clock: Clock, key: string) => Plan> = {
	'tuoling:22': correctionSentBack,
	'chengxing:21': reopenedInVain,
	'guangyu:20': reopenedRightly,
	'luming:22': reopened
};
const replaced = ['luming:8', 'xiaobu:13', 'guangyu:21', 'tianlin:15'];
const waitingStill: Record<string, 'submitted' | 'returnedTwice' | 'endorsed'> = {
	'luming:23': 'submitted',
	'linli:23': 'returnedTwice',
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
	const extension = extensionOf(key, period, due, calendar);
	if (extension) {
		const { versions } = filedBy(party, index, period, extension.answer?.due ?? due, calendar);
		return { excused: null, versions, extension };
	}
	return filedBy(party, index, period, due, calendar);
}

function filedBy(
	party: Party,
	index: number,
	period: string,
	due: string,
	calendar: Calendar
): Plan {
	const key = `${party.key}:${index}`;
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

	const dispute = disputed[key];
	if (dispute) return dispute(party, clock, key);

	const first = clock(0);
	if (returned.includes(key) || chance(`returned ${key}`) < 0.035) {
		const back = { ...returnedVersion(party, first, clock(1), key), wrong: 'typo' as const };
		return { excused: null, versions: [back, acceptedVersion(party, 2, clock(2), clock(3))] };
	}
	const mended = correctedLater[key];
	if (mended) {
		return {
			excused: null,
			versions: [
				{ ...acceptedVersion(party, 1, first, clock(1)), status: 'superseded', wrong: 'stale' },
				acceptedVersion(party, 2, clock(12), clock(13))
			],
			correction: { openedAt: clock(11), by: 'reporter', reason: mended, end: 'revised' }
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
	const plan: Plan = { excused: null, versions: [acceptedVersion(party, 1, first, clock(1))] };
	if (key !== 'jizhou:14') return plan;
	return {
		...plan,
		exception: {
			at: new Date(calendar.now.getTime() - 2 * day),
			until: addDays(calendar.today, 30),
			reason: '审计发现该期培训人数重复计算，准许在锁定之后更正一次。'
		}
	};
}

/** Requests for more time that are told apart by hand. */
function extensionOf(
	key: string,
	period: string,
	due: string,
	calendar: Calendar
): Extension | undefined {
	switch (key) {
		case 'tuoling:23':
			return {
				askedAt: at(addDays(due, -3), '10:12'),
				wished: addDays(due, 7),
				reason: '货运运单系统升级，在线时长数据须重新抽取，预计一周内完成。',
				answer: {
					at: at(addDays(due, -2), '15:40'),
					by: 'labour',
					due: weekday(addDays(due, 7)),
					words: '同意延期一周，请按新的截止日报送。'
				}
			};
		case 'jizhou:22':
			return {
				askedAt: at(addDays(due, -2), '09:35'),
				wished: addDays(due, 21),
				reason: '部分网点负责人轮休，希望推迟报送。',
				answer: {
					at: at(addDays(due, -1), '11:05'),
					by: 'convener',
					due: null,
					words: '人员轮休不属于延期理由，请安排其他同事按期报送。'
				}
			};
		case 'caojiadu:24': {
			const opened = at(opensOn(period)).getTime();
			const end = Math.min(calendar.now.getTime(), at(due, '18:00').getTime());
			return {
				askedAt: new Date(opened + (end - opened) * 0.6),
				wished: weekday(addDays(due > calendar.today ? due : calendar.today, 10)),
				reason: '街道办公地点搬迁，走访台账尚未整理完毕，申请延期报送。',
				answer: null
			};
		}
		default:
			return undefined;
	}
}

/** The organisation corrects, the reviewer sends the correction back, and the organisation holds to it: still open. */
function correctionSentBack(party: Party, clock: Clock, key: string): Plan {
	const sent = returnedVersion(party, clock(11), clock(12), key);
	return {
		excused: null,
		versions: [
			{ ...acceptedVersion(party, 1, clock(0), clock(1)), wrong: 'stale', slip: key },
			{
				...sent,
				number: 2,
				wrong: 'doubted',
				slip: key,
				reviews: sent.reviews.map((review) => ({
					...review,
					reason: '更正后的数值与已通过的数值相差较大，未见依据，退回核对。'
				}))
			}
		],
		correction: {
			openedAt: clock(10),
			by: 'reporter',
			reason: '原报数值漏计新接入的两个车队，须更正。',
			end: 'open',
			contest: {
				kind: 'return',
				at: clock(13),
				reason: '更正后的数值与运单系统一致，已附车队接入清单，请予认定。'
			}
		}
	};
}

/** Reopened by the reviewer, contested, and accepted as filed after all. */
function reopenedInVain(party: Party, clock: Clock): Plan {
	return contestedReopening(clock, [acceptedVersion(party, 1, clock(0), clock(1))], {
		outcome: 'accepted_as_filed',
		why: '完单量与同期监测数据不一致，请核对是否重复计算。',
		objection: '监测数据包含外省跨城订单，本表只计本市订单，口径一致。',
		decision: '经核对口径说明，差异来自跨城订单，按原报数值认定。'
	});
}

/** Reopened by the reviewer, contested, upheld, and then corrected. */
function reopenedRightly(party: Party, clock: Clock): Plan {
	const first = acceptedVersion(party, 1, clock(0), clock(1));
	const versions: Version[] = [
		{ ...first, status: 'superseded', wrong: 'stale' },
		acceptedVersion(party, 2, clock(11), clock(12))
	];
	return contestedReopening(clock, versions, {
		outcome: 'upheld',
		why: '培训人数低于签到记录，请核对是否漏报线上培训。',
		objection: '线上培训未纳入统计口径，原报数值没有错误。',
		decision: '报表说明明确线上培训计入培训人数，请补充后重新报送。'
	});
}

function contestedReopening(
	clock: Clock,
	versions: Version[],
	said: {
		outcome: 'upheld' | 'accepted_as_filed';
		why: string;
		objection: string;
		decision: string;
	}
): Plan {
	return {
		excused: null,
		versions,
		correction: {
			openedAt: clock(6),
			by: 'reviewer',
			reason: said.why,
			end: said.outcome === 'upheld' ? 'revised' : 'withdrawn',
			contest: {
				kind: 'reopening',
				at: clock(7),
				reason: said.objection,
				decision: { at: clock(9), outcome: said.outcome, reason: said.decision }
			}
		}
	};
}

/** Reopened by the reviewer; the organisation has not answered yet. */
function reopened(party: Party, clock: Clock): Plan {
	return {
		excused: null,
		versions: [{ ...acceptedVersion(party, 1, clock(0), clock(1)), status: 'reopened' }],
		correction: {
			openedAt: clock(12),
			by: 'reviewer',
			reason: '抽查发现部分司机重复计数，请核对后更正。',
			end: 'open'
		}
	};
}

function waiting(
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
