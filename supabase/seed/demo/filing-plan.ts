import { chance } from './chance.ts';
import {
	correctionSentBack,
	reopened,
	reopenedInVain,
	reopenedRightly
} from './filing-disputes.ts';
import {
	acceptedVersion,
	inTime,
	recently,
	returnedVersion,
	waiting,
	type Clock,
	type Extension,
	type Plan
} from './filing-versions.ts';
import type { Party } from './parties.ts';
import { addDays, at, day, opensOn, weekday, type Calendar } from './time.ts';

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
				{ ...acceptedVersion(party, 1, first, clock(1)), wrong: 'stale' },
				acceptedVersion(party, 2, clock(12), clock(13))
			],
			correction: { openedAt: clock(11), by: 'reporter', reason: mended }
		};
	}
	if (replaced.includes(key)) {
		return {
			excused: null,
			versions: [
				{ number: 1, submittedAt: first, reviews: [], wrong: 'stale' },
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
				askedAt: at(addDays(due, -6), '09:35'),
				wished: addDays(due, 21),
				reason: '部分网点负责人轮休，希望推迟报送。',
				answer: {
					at: at(addDays(due, -5), '11:05'),
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
