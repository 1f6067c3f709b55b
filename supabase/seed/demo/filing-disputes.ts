import type { Party } from './parties.ts';
import {
	acceptedVersion,
	returnedVersion,
	type Clock,
	type Plan,
	type Version
} from './filing-versions.ts';

/** The organisation corrects, the reviewer sends the correction back, and the organisation holds to it: still open. */
export function correctionSentBack(party: Party, clock: Clock, key: string): Plan {
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
			objection: {
				kind: 'return',
				at: clock(13),
				reason: '更正后的数值与运单系统一致，已附车队接入清单，请予认定。'
			}
		}
	};
}

/** Reopened by the reviewer, objected to, and accepted as filed after all. */
export function reopenedInVain(party: Party, clock: Clock): Plan {
	return objectedReopening(clock, [acceptedVersion(party, 1, clock(0), clock(1))], {
		outcome: 'accepted_as_filed',
		why: '完单量与同期监测数据不一致，请核对是否重复计算。',
		objection: '监测数据包含外省跨城订单，本表只计本市订单，口径一致。',
		decision: '经核对口径说明，差异来自跨城订单，按原报数值认定。'
	});
}

/** Reopened by the reviewer, objected to, upheld, and then corrected. */
export function reopenedRightly(party: Party, clock: Clock): Plan {
	const first = acceptedVersion(party, 1, clock(0), clock(1));
	const versions: Version[] = [
		{ ...first, wrong: 'stale' },
		acceptedVersion(party, 2, clock(11), clock(12))
	];
	return objectedReopening(clock, versions, {
		outcome: 'upheld',
		why: '培训人数低于签到记录，请核对是否漏报线上培训。',
		objection: '线上培训未纳入统计口径，原报数值没有错误。',
		decision: '报表说明明确线上培训计入培训人数，请补充后重新报送。'
	});
}

function objectedReopening(
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
			objection: {
				kind: 'reopening',
				at: clock(7),
				reason: said.objection,
				decision: { at: clock(9), outcome: said.outcome, reason: said.decision }
			}
		}
	};
}

/** Reopened by the reviewer; the organisation has not answered yet. */
export function reopened(party: Party, clock: Clock): Plan {
	return {
		excused: null,
		versions: [{ ...acceptedVersion(party, 1, clock(0), clock(1)) }],
		correction: {
			openedAt: clock(12),
			by: 'reviewer',
			reason: '抽查发现部分司机重复计数，请核对后更正。'
		}
	};
}
