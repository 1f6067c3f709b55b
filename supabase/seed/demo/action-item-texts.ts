import { complaintsMonth, storyMonth } from './platform-figures.ts';
import { nightMonth } from './community-figures.ts';
import { csvFile, pdfFile, photo } from './evidence.ts';

export type Evidence = { name: string; media_type: string; content: Buffer };

/** A step in the life of a task; `after` is the number of days since it was assigned. */
export type Step = {
	kind: 'progress' | 'done' | 'accepted' | 'sent_back' | 'cancelled';
	after: number;
	note: string;
	progress?: number;
	file?: Evidence;
};

export type Task = {
	resolution: string;
	accountable: string;
	accepting: string;
	title_zh: string;
	title_en: string;
	done_zh: string;
	done_en: string;
	indicator?: string;
	region?: string;
	expected?: number;
	/** Index of the month that shows where it began. */
	baseline?: number;
	/** Days from its assignment to the due date, or with `fromToday` from today. */
	due: number;
	fromToday?: true;
	steps: Step[];
};

/** Action items in every state: assigned, in progress, reported, accepted, sent back, overdue, cancelled. */
export const tasks: Task[] = [
	{
		resolution: 'coverage',
		accountable: 'pudong',
		accepting: 'labour',
		title_zh: '浦东新区：首单参保先行',
		title_en: 'Pudong: cover from the first order',
		done_zh: '区内试点行业参保率达到 82%，并提交按月核对表。',
		done_en: 'Coverage in the district reaches 82 %, shown by the monthly check list.',
		indicator: 'IN6',
		region: '310115',
		expected: 82,
		baseline: storyMonth,
		due: 240,
		steps: [
			{
				kind: 'progress',
				after: 24,
				note: '已与五家平台逐一核对未参保人数，确定首单参保的接口改造时间表。',
				progress: 25
			},
			{
				kind: 'progress',
				after: 95,
				note: '四家平台完成改造，参保率提高七个百分点。',
				progress: 65,
				file: csvFile('浦东新区参保核对表.csv', [
					['月份', '试点行业接单人数', '参保人数'],
					['第1月', '19800', '12300'],
					['第4月', '20100', '14900']
				])
			},
			{
				kind: 'done',
				after: 231,
				note: '参保率已连续两个月高于 82%，核对表见附件。',
				file: pdfFile('浦东新区首单参保工作报告.pdf', [
					'浦东新区首单参保工作报告（演示）',
					'一、五家平台完成首单参保改造。',
					'二、参保率连续两个月高于 82%。',
					'三、下一步按月核对。'
				])
			},
			{ kind: 'accepted', after: 236, note: '核对无误，予以验收。' }
		]
	},
	{
		resolution: 'coverage',
		accountable: 'xunda',
		accepting: 'labour',
		title_zh: '迅达外卖：完成首单参保改造',
		title_en: 'Xunda: register riders with their first order',
		done_zh: '新注册骑手首单即参保，存量未参保人员清零计划完成八成。',
		done_en:
			'New riders are covered with their first order; four fifths of the uncovered are covered.',
		indicator: 'IN6',
		expected: 80,
		baseline: storyMonth,
		due: 150,
		steps: [
			{ kind: 'progress', after: 40, note: '接口改造完成，灰度至三个区。', progress: 50 },
			{
				kind: 'done',
				after: 121,
				note: '改造全量上线，参保数据已随月报报送。',
				file: pdfFile('首单参保上线说明.pdf', [
					'首单参保上线说明（演示）',
					'全市骑手首单即参保，已全量上线。'
				])
			},
			{ kind: 'accepted', after: 127, note: '与月报数据一致，验收通过。' }
		]
	},
	{
		resolution: 'coverage',
		accountable: 'xinhua',
		accepting: 'changning',
		title_zh: '新华路街道：设职业伤害保障咨询点',
		title_en: 'Xinhua Road: an advice point on occupational injury',
		done_zh: '驿站内设咨询点，每周至少开放两个半天。',
		done_en: 'An advice point in the station, open at least two half-days a week.',
		indicator: 'IN6',
		region: '310105',
		expected: 80,
		baseline: storyMonth,
		due: 90,
		steps: [
			{ kind: 'progress', after: 20, note: '场地已落实，与工会商定坐班律师。', progress: 40 },
			{
				kind: 'done',
				after: 61,
				note: '咨询点开放，首月接待 126 人次。',
				file: photo('咨询点照片.png', 1)
			},
			{ kind: 'accepted', after: 66, note: '现场查看属实，通过。' }
		]
	},
	{
		resolution: 'complaints',
		accountable: 'changning',
		accepting: 'union',
		title_zh: '长宁区：投诉首接负责',
		title_en: 'Changning: the first receiver answers',
		done_zh: '按时办结率连续两个月不低于 88%。',
		done_en: 'At least 88 % answered on time in two months running.',
		indicator: 'CP2',
		region: '310105',
		expected: 88,
		baseline: complaintsMonth,
		due: 40,
		fromToday: true,
		steps: [
			{
				kind: 'progress',
				after: 30,
				note: '首接负责办法已印发，平台与街道联络员名单确认。',
				progress: 45
			},
			{
				kind: 'progress',
				after: 88,
				note: '按时办结率已接近全市水平，两家平台仍有积压。',
				progress: 75,
				file: csvFile('投诉办结台账.csv', [
					['月份', '应办结', '按时办结'],
					['第1月', '38', '28'],
					['第3月', '41', '35']
				])
			}
		]
	},
	{
		resolution: 'hazards',
		accountable: 'tianshan',
		accepting: 'changning',
		title_zh: '天山路街道：隐患七日处置',
		title_en: 'Tianshan Road: hazards handled within seven days',
		done_zh: '公布两期处置结果，按时处置率不低于 85%。',
		done_en: 'Results published twice; at least 85 % handled on time.',
		indicator: 'HZ2',
		region: '310105',
		expected: 85,
		baseline: complaintsMonth,
		due: 75,
		steps: [
			{ kind: 'done', after: 70, note: '已公布两期处置结果。', file: photo('公示栏照片.png', 2) },
			{ kind: 'sent_back', after: 74, note: '第二期未列出超期隐患，请补齐后重报。' },
			{
				kind: 'done',
				after: 83,
				note: '已补齐超期隐患及原因。',
				file: csvFile('隐患处置公示第二期.csv', [
					['类别', '应处置', '按时', '超期原因'],
					['路面', '14', '12', '需市政配合'],
					['充电', '9', '8', '物业协商']
				])
			},
			{ kind: 'accepted', after: 88, note: '材料完整，通过。' }
		]
	},
	{
		resolution: 'hazards',
		accountable: 'huamu',
		accepting: 'pudong',
		title_zh: '花木街道：隐患处置结果告知上报人',
		title_en: 'Huamu: tell reporters what became of their hazard',
		done_zh: '上报人答复率不低于六成。',
		done_en: 'At least six in ten reporters answer.',
		indicator: 'HZ4',
		region: '310115',
		expected: 85,
		baseline: complaintsMonth,
		due: 18,
		fromToday: true,
		steps: [
			{ kind: 'done', after: 52, note: '已开通短信告知。', file: photo('短信截图.png', 3) },
			{ kind: 'sent_back', after: 58, note: '只提供了截图，未提供答复率，请补充台账后重报。' }
		]
	},
	{
		resolution: 'night',
		accountable: 'lujiazui',
		accepting: 'union',
		title_zh: '陆家嘴街道：开放一处夜间驿站',
		title_en: 'Lujiazui: one station open at night',
		done_zh: '至少一处驿站 22:00 至次日 06:00 开放，有人值守。',
		done_en: 'At least one station open and staffed from 22:00 to 06:00.',
		indicator: 'ST3',
		region: '310115',
		expected: 15,
		baseline: nightMonth,
		due: 25,
		fromToday: true,
		steps: [
			{ kind: 'progress', after: 12, note: '选定东泰路驿站，值守人员已落实。', progress: 50 },
			{
				kind: 'done',
				after: 36,
				note: '驿站已夜间开放两周，日均 31 人次。',
				file: photo('夜间驿站.png', 4)
			}
		]
	},
	{
		resolution: 'night',
		accountable: 'xinhua',
		accepting: 'union',
		title_zh: '新华路街道：夜间驿站与充电柜',
		title_en: 'Xinhua Road: night station with charging lockers',
		done_zh: '驿站夜间开放并配置充电柜不少于 12 格。',
		done_en: 'The station is open at night and has at least 12 charging lockers.',
		indicator: 'ST3',
		region: '310105',
		expected: 15,
		baseline: nightMonth,
		due: 21,
		fromToday: true,
		steps: [
			{
				kind: 'progress',
				after: 15,
				note: '充电柜已到货，等待消防验收。',
				progress: 45,
				file: photo('充电柜到货.png', 5)
			}
		]
	},
	{
		resolution: 'night',
		accountable: 'weifang',
		accepting: 'pudong',
		title_zh: '潍坊新村街道：夜间驿站选址',
		title_en: 'Weifang Xincun: a site for the night station',
		done_zh: '确定选址并公示。',
		done_en: 'The site is chosen and published.',
		indicator: 'ST3',
		region: '310115',
		expected: 15,
		baseline: nightMonth,
		due: -12,
		fromToday: true,
		steps: [
			{
				kind: 'progress',
				after: 18,
				note: '两处备选点位，居民意见尚未一致，请求区里协调物业。',
				progress: 30
			}
		]
	},
	{
		resolution: 'night',
		accountable: 'xianxia',
		accepting: 'changning',
		title_zh: '仙霞新村街道：延长驿站开放时间',
		title_en: 'Xianxia Xincun: longer opening hours',
		done_zh: '驿站开放至 24:00，公布值守安排。',
		done_en: 'The station is open until midnight; who is on duty is published.',
		indicator: 'ST3',
		region: '310105',
		expected: 15,
		baseline: nightMonth,
		due: 28,
		fromToday: true,
		steps: []
	},
	{
		resolution: 'night',
		accountable: 'hewei',
		accepting: 'convener',
		title_zh: '禾味到家：地图标注夜间驿站',
		title_en: 'Hewei: show night stations on the riders’ map',
		done_zh: '骑手端地图标注全部夜间驿站。',
		done_en: "All night stations appear on the riders' map.",
		indicator: 'ST3',
		expected: 15,
		baseline: nightMonth,
		due: 45,
		fromToday: true,
		steps: []
	},
	{
		resolution: 'night',
		accountable: 'caojiadu',
		accepting: 'jingan',
		title_zh: '曹家渡街道：夜间驿站试点',
		title_en: 'Caojiadu: night station on trial',
		done_zh: '试点一处夜间驿站。',
		done_en: 'One night station on trial.',
		indicator: 'ST3',
		region: '310106',
		due: 30,
		fromToday: true,
		steps: [
			{ kind: 'cancelled', after: 22, note: '原址列入旧改征收范围，任务取消，改由相邻街道承担。' }
		]
	},
	{
		resolution: 'effective',
		accountable: 'dangwei_pudong',
		accepting: 'dangwei',
		title_zh: '浦东新区：按清单核查有效覆盖',
		title_en: 'Pudong: check effective coverage by the list',
		done_zh: '完成一个季度的逐项核查并提交清单。',
		done_en: 'One quarter is checked item by item; the list is handed in.',
		indicator: 'PB3',
		region: '310115',
		expected: 65,
		due: 6,
		fromToday: true,
		steps: [
			{ kind: 'progress', after: 20, note: '已核查 210 家，其余按计划推进。', progress: 55 },
			{
				kind: 'done',
				after: 38,
				note: '全部核查完毕，清单见附件。',
				file: csvFile('有效覆盖核查清单.csv', [
					['检查项', '通过', '未通过'],
					['书记在岗', '391', '21'],
					['当季活动', '338', '74']
				])
			}
		]
	}
];
