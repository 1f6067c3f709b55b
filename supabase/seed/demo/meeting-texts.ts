import { complaintsMonth, storyMonth } from './platform-figures.ts';
import { nightMonth } from './community-figures.ts';

type Choice = 'for' | 'against' | 'abstain' | 'reserved';

export type Item = {
	by: string;
	indicator?: string;
	region?: string;
	title_zh: string;
	title_en: string;
	text_zh: string;
	text_en: string;
	status?: 'proposed' | 'declined';
	resolution?: {
		key: string;
		text_zh: string;
		text_en: string;
		rule: 'consensus' | 'simple' | 'two_thirds';
		outcome: 'adopted' | 'rejected';
		supersedes?: string;
		/** Votes that are not in favour, by party. */
		votes: Record<string, [Choice, string?]>;
	};
};

export type MeetingText = {
	/** Index of the month it was held in; null for the next one. */
	month: number | null;
	title_zh: string;
	title_en: string;
	place_zh: string;
	place_en: string;
	minutes_zh: string;
	minutes_en: string;
	items: Item[];
};

const room = { place_zh: '市民服务中心 3 号会议室', place_en: 'Civic Service Centre, Room 3' };

export const meetings: MeetingText[] = [
	{
		month: 5,
		title_zh: '第一次全体会议：共用一套数',
		title_en: 'First plenary: one set of figures',
		...room,
		minutes_zh:
			'一、会议通报联席会议成员单位和席位。\n二、会议确定平台用工月报、社区服务月报和党建覆盖季报三张报表，自次月起按期报送。\n三、市劳动保障局介绍工伤保险参保情况，各方同意持续关注。',
		minutes_en:
			'1. The members of the joint meeting and their seats were announced.\n2. Three filings were agreed: platform labour and community services each month, Party-building coverage each quarter, from the following month on.\n3. The Labour Bureau reported on work-injury insurance; the members will keep watching it.',
		items: [
			{
				by: 'convener',
				title_zh: '建立统一的数据报送制度',
				title_en: 'One set of filings for everybody',
				text_zh: '各成员单位按统一口径报送，避免同一指标多个版本。',
				text_en:
					'Members file by common definitions, so that no indicator exists in several versions.',
				resolution: {
					key: 'filings',
					text_zh:
						'各平台企业、社区和党组织按三张报表的口径和期限报送；数据按披露规则共享，不用于处罚。',
					text_en:
						'Platforms, communities and Party organisations file by the definitions and dates of the three datasets; figures are shared under the disclosure rules and are not used for penalties.',
					rule: 'consensus',
					outcome: 'adopted',
					votes: {}
				}
			},
			{
				by: 'labour',
				indicator: 'IN3',
				title_zh: '工伤保险参保情况通报',
				title_en: 'Report on work-injury insurance',
				text_zh: '约半数劳动者参加工伤保险，各平台差异较大。',
				text_en:
					'About half of the workers are insured against work injury; platforms differ widely.',
				resolution: {
					key: 'injury',
					text_zh: '各平台逐步扩大工伤保险单险种参保，市级每半年通报一次总体参保率。',
					text_en:
						'Platforms extend single-scheme work-injury insurance step by step; the city reports overall coverage every half-year.',
					rule: 'simple',
					outcome: 'adopted',
					votes: { tuoling: ['abstain'], hewei: ['abstain'] }
				}
			}
		]
	},
	{
		month: 10,
		title_zh: '第二次全体会议：保障与培训',
		title_en: 'Second plenary: protection and training',
		...room,
		minutes_zh:
			'一、会议审议职业伤害保障参保情况，参保率一年来在六成左右徘徊。\n二、会议同意倡议各平台将参保率提高到 70%。\n三、会议确定培训覆盖率目标为 80%。',
		minutes_en:
			'1. Occupational-injury protection was discussed: coverage has stood at about 60 % for a year.\n2. Platforms are invited to raise it to 70 %.\n3. The target for training coverage was set at 80 %.',
		items: [
			{
				by: 'labour',
				indicator: 'IN6',
				title_zh: '职业伤害保障参保率偏低',
				title_en: 'Occupational-injury coverage is low',
				text_zh: '试点行业接单人员中约四成未被覆盖，兼职和新加入人员尤为突出。',
				text_en:
					'About four in ten order takers of the pilot industries are not covered, above all part-timers and newcomers.',
				resolution: {
					key: 'appeal',
					text_zh: '倡议各平台将职业伤害保障参保率提高到 70%。',
					text_en: 'Platforms are invited to raise occupational-injury coverage to 70 %.',
					rule: 'simple',
					outcome: 'adopted',
					votes: { xiaobu: ['abstain'], tuoling: ['abstain'], chengxing: ['abstain'] }
				}
			},
			{
				by: 'union',
				indicator: 'TR1',
				title_zh: '安全与技能培训覆盖',
				title_en: 'Coverage of safety and skills training',
				text_zh: '对照社会责任协议 80% 的目标检视进展。',
				text_en: 'Progress towards the 80 % of the social-responsibility agreements.',
				resolution: {
					key: 'training',
					text_zh: '年内培训覆盖率达到 80%，工会和社工机构提供课程与场地。',
					text_en:
						'Training coverage reaches 80 % within the year; union and social organisations provide courses and rooms.',
					rule: 'simple',
					outcome: 'adopted',
					votes: {}
				}
			}
		]
	},
	{
		month: storyMonth,
		title_zh: '第三次全体会议：职业伤害保障',
		title_en: 'Third plenary: occupational-injury protection',
		...room,
		minutes_zh:
			'一、会议依据冻结数据审议：职业伤害保障参保率仍约 61%，倡议未见成效。\n二、会议表决通过提高参保率的决议，驮铃货运保留意见并说明理由。\n三、会议表决未通过连续接单四小时强制下线的提案，请工会与平台继续协商。\n四、秘书处按决议分派任务，浦东新区、长宁区先行。',
		minutes_en:
			'1. On the frozen figures, occupational-injury coverage still stood at about 61 %: the invitation had no effect.\n2. The resolution to raise coverage was adopted; Tuoling Freight reserved its position with reasons.\n3. The proposal of a forced rest after four hours was not adopted; union and platforms continue to negotiate.\n4. The secretariat assigned the tasks; Pudong and Changning go first.',
		items: [
			{
				by: 'union',
				indicator: 'IN6',
				title_zh: '把职业伤害保障参保率提高到 80%',
				title_en: 'Raising occupational-injury coverage to 80 %',
				text_zh: '建议由倡议改为有时限、有责任单位的决议，接单即参保，按月公布总体参保率。',
				text_en:
					'Instead of an invitation: a resolution with dates and responsible parties, cover from the first order, and monthly publication of overall coverage.',
				resolution: {
					key: 'coverage',
					supersedes: 'appeal',
					text_zh:
						'试点行业各平台自决议生效起实行“首单参保”，年底前参保率不低于 80%；浦东新区、长宁区先行，街道设咨询点，市劳动保障局按月核对。',
					text_en:
						'From the effective date the platforms of the pilot industries cover workers from their first order; coverage is at least 80 % by the end of the year. Pudong and Changning go first, subdistricts set up advice points, the Labour Bureau checks each month.',
					rule: 'two_thirds',
					outcome: 'adopted',
					votes: {
						tuoling: [
							'reserved',
							'同城货运司机多为个体经营，按单计费口径尚待主管部门明确，对完成时限保留意见。'
						],
						xiaobu: ['abstain']
					}
				}
			},
			{
				by: 'nuantu',
				indicator: 'WK1',
				title_zh: '连续接单四小时强制下线休息',
				title_en: 'Forced rest after four hours of orders',
				text_zh: '提案要求连续接单满四小时强制下线 20 分钟。',
				text_en: 'The proposal asks for a forced pause of 20 minutes after four hours of orders.',
				resolution: {
					key: 'rest',
					text_zh: '各平台对连续接单满四小时的劳动者强制下线 20 分钟。',
					text_en: 'Platforms log workers out for 20 minutes after four hours of orders in a row.',
					rule: 'two_thirds',
					outcome: 'rejected',
					votes: {
						xunda: ['against', '高峰时段强制下线影响履约，建议改为提醒和分级休息。'],
						hewei: ['against'],
						xiaobu: ['against', '众包人员多平台接单，单一平台无法识别连续时长。'],
						yunjian: ['against'],
						chengxing: ['against'],
						tuoling: ['against'],
						dangwei: ['abstain'],
						lujiazui: ['abstain']
					}
				}
			}
		]
	},
	{
		month: complaintsMonth,
		title_zh: '第四次全体会议：诉求有人答',
		title_en: 'Fourth plenary: every complaint gets an answer',
		...room,
		minutes_zh:
			'一、会议听取职业伤害保障参保率进展，决议生效后两个月提高近七个百分点。\n二、会议审议长宁区投诉按时办结率，明确首接负责。\n三、会议通过隐患处置时限，街道按月公布。',
		minutes_en:
			'1. Occupational-injury coverage rose by almost seven points in the first two months after the resolution.\n2. Complaints answered on time in Changning were discussed; whoever receives a complaint first is responsible.\n3. Time limits for hazards were adopted; subdistricts publish them monthly.',
		items: [
			{
				by: 'changning',
				indicator: 'CP2',
				region: '310105',
				title_zh: '长宁区投诉按时办结率偏低',
				title_en: 'Complaints in Changning are answered late',
				text_zh: '长宁区投诉按时办结率比全市低约十五个百分点，主要是平台与街道相互转办。',
				text_en:
					'In Changning about fifteen points fewer complaints are answered in time than in the city: platforms and subdistricts pass them to each other.',
				resolution: {
					key: 'complaints',
					text_zh:
						'实行首接负责制：首接单位五个工作日内答复，不得再次转办；长宁区先行，年底前按时办结率达到 88%。',
					text_en:
						'Whoever receives a complaint first answers within five working days and does not pass it on; Changning goes first and reaches 88 % on time by the end of the year.',
					rule: 'simple',
					outcome: 'adopted',
					votes: {
						hewei: ['against', '首接单位未必掌握订单信息，建议允许一次转办。'],
						tuoling: ['abstain']
					}
				}
			},
			{
				by: 'xinhua',
				indicator: 'HZ2',
				title_zh: '流动哨兵上报隐患的处置时限',
				title_en: 'Time limits for hazards reported by riders',
				text_zh: '建议街道对骑手上报的隐患设定统一处置时限并公布结果。',
				text_en:
					'Subdistricts should handle hazards reported by riders within common limits and publish the results.',
				resolution: {
					key: 'hazards',
					text_zh: '一般隐患七日内处置，结果告知上报人；街道按月公布按时处置率。',
					text_en:
						'Ordinary hazards are handled within seven days and the reporter is told; subdistricts publish the share handled on time each month.',
					rule: 'simple',
					outcome: 'adopted',
					votes: {}
				}
			}
		]
	},
	{
		month: nightMonth,
		title_zh: '第五次全体会议：夜间有处歇',
		title_en: 'Fifth plenary: a place to rest at night',
		...room,
		minutes_zh:
			'一、会议通报职业伤害保障参保率已超过 80% 的目标，任务验收完毕。\n二、会议审议夜间可用站点仅一成左右的情况，通过夜间驿站决议。\n三、会议审议党建有效覆盖率，同意按清单逐项核查。',
		minutes_en:
			'1. Occupational-injury coverage has passed its target of 80 %; the tasks are accepted.\n2. Only about one station in ten can be used at night; the resolution on night stations was adopted.\n3. Effective Party-building coverage was discussed; the checklist is applied item by item.',
		items: [
			{
				by: 'lujiazui',
				indicator: 'ST3',
				title_zh: '夜间可用站点不足',
				title_en: 'Too few stations open at night',
				text_zh: '夜间骑手在地铁口和车库休息，夜间可用站点仅一成左右。',
				text_en:
					'At night riders rest in metro entrances and garages; only about one station in ten is open.',
				resolution: {
					key: 'night',
					text_zh: '每个街道至少一处站点 22:00 至次日 06:00 开放，年底前夜间可用率达到 15%。',
					text_en:
						'Each subdistrict keeps at least one station open from 22:00 to 06:00; 15 % are usable at night by the end of the year.',
					rule: 'simple',
					outcome: 'adopted',
					votes: { changning: ['reserved', '夜间安保经费尚未落实，对完成时限保留意见。'] }
				}
			},
			{
				by: 'dangwei',
				indicator: 'PB3',
				title_zh: '由有形覆盖转向有效覆盖',
				title_en: 'From tangible to effective coverage',
				text_zh: '有形覆盖近九成，有效覆盖仅六成左右，需逐项核查。',
				text_en: 'Almost nine in ten units are covered in form, about six in ten in effect.',
				resolution: {
					key: 'effective',
					text_zh: '各党组织按季度清单核查，只计通过清单的单位。',
					text_en:
						'Party organisations check by the quarterly list and count only the units that pass it.',
					rule: 'consensus',
					outcome: 'adopted',
					votes: { xunda: ['abstain'] }
				}
			}
		]
	},
	{
		month: null,
		title_zh: '第六次全体会议：巩固与推广',
		title_en: 'Sixth plenary: keep and spread what worked',
		...room,
		minutes_zh: '',
		minutes_en: '',
		items: [
			{
				by: 'convener',
				indicator: 'IN6',
				title_zh: '职业伤害保障决议执行情况回顾',
				title_en: 'What became of the resolution on occupational injury',
				text_zh: '对比决议前后参保率，讨论是否提高目标。',
				text_en: 'Coverage before and after the resolution; whether to raise the target.'
			},
			{
				by: 'changning',
				indicator: 'CP2',
				region: '310105',
				title_zh: '首接负责制向全市推广',
				title_en: 'First-receiver rule for the whole city',
				text_zh: '长宁区按时办结率已接近全市水平，建议推广。',
				text_en: 'Changning has almost caught up with the city; the rule should apply everywhere.'
			},
			{
				by: 'lujiazui',
				indicator: 'ST3',
				title_zh: '夜间驿站任务进展',
				title_en: 'Progress of the night stations',
				text_zh: '逐街道通报夜间开放情况和困难。',
				text_en: 'Subdistrict by subdistrict: what is open at night and what stands in the way.'
			},
			{
				by: 'union',
				indicator: 'WK2',
				title_zh: '小时净收入公布口径',
				title_en: 'How net hourly income is published',
				text_zh: '建议按职业公布小时净收入中位数，供协商使用。',
				text_en:
					'The median of net hourly income should be published by occupation, for negotiation.',
				status: 'proposed'
			},
			{
				by: 'xunda',
				indicator: 'SZ1',
				title_zh: '跨平台去重口径说明',
				title_en: 'Counting people who work for several platforms',
				text_zh: '建议在合计数旁注明未去重，避免误读。',
				text_en: 'Totals should say that people are not deduplicated across platforms.',
				status: 'proposed'
			},
			{
				by: 'hewei',
				indicator: 'CM1',
				title_zh: '暂缓报送抽成数据',
				title_en: 'Suspending the filing of commission rates',
				text_zh: '建议暂缓报送平均抽成率。',
				text_en: 'Mean commission rates should not be filed for the time being.',
				status: 'declined'
			}
		]
	}
];

/** Targets of the running year; each comes from a resolution. */
export const targets: {
	indicator: string;
	region?: string;
	kind: 'floor' | 'ceiling';
	value: number;
	resolution: string;
	superseded_by?: string;
}[] = [
	{ indicator: 'IN3', kind: 'floor', value: 60, resolution: 'injury' },
	{ indicator: 'IN6', kind: 'floor', value: 70, resolution: 'appeal', superseded_by: 'coverage' },
	{ indicator: 'IN6', kind: 'floor', value: 80, resolution: 'coverage' },
	{ indicator: 'IN6', region: '310115', kind: 'floor', value: 82, resolution: 'coverage' },
	{ indicator: 'TR1', kind: 'floor', value: 80, resolution: 'training' },
	{ indicator: 'CP2', kind: 'floor', value: 90, resolution: 'complaints' },
	{ indicator: 'CP2', region: '310105', kind: 'floor', value: 88, resolution: 'complaints' },
	{ indicator: 'HZ2', kind: 'floor', value: 85, resolution: 'hazards' },
	{ indicator: 'ST3', kind: 'floor', value: 15, resolution: 'night' },
	{ indicator: 'PB3', kind: 'floor', value: 65, resolution: 'effective' }
];
