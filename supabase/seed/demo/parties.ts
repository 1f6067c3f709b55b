import { idOf } from './chance.ts';

/** An invented organisation of the demonstration. Names of districts and streets are real, nothing else is. */
export type Party = {
	key: string;
	id: string;
	kind: 'government' | 'platform' | 'party' | 'social' | 'community' | 'union';
	name_zh: string;
	name_en: string;
	short_zh: string;
	short_en: string;
	region_code: string;
	standing: 'voting' | 'observer';
};

export const city = '31';

/** Shanghai's 16 districts with their share of the city's platform work. */
export const districts: Record<string, number> = {
	'310101': 0.047,
	'310104': 0.061,
	'310105': 0.046,
	'310106': 0.057,
	'310107': 0.058,
	'310109': 0.038,
	'310110': 0.054,
	'310112': 0.118,
	'310113': 0.083,
	'310114': 0.078,
	'310115': 0.202,
	'310116': 0.026,
	'310117': 0.062,
	'310118': 0.034,
	'310120': 0.031,
	'310151': 0.005
};

function party(
	key: string,
	kind: Party['kind'],
	standing: Party['standing'],
	region_code: string,
	name_zh: string,
	name_en: string,
	short_zh: string,
	short_en: string
): Party {
	return {
		key,
		id: idOf(`organisation ${key}`),
		kind,
		name_zh,
		name_en,
		short_zh,
		short_en,
		region_code,
		standing
	};
}

function office(
	key: string,
	region: string,
	standing: Party['standing'],
	street_zh: string,
	street_en: string
): Party {
	return party(
		key,
		'community',
		standing,
		region,
		`${street_zh}街道社区服务办公室`,
		`${street_en} Subdistrict Community Office`,
		`${street_zh}街道`,
		street_en
	);
}

// prettier-ignore
export const parties: Party[] = [
	party('convener', 'government', 'voting', city, '市社会工作协调办公室', 'Municipal Social Work Coordination Office', '市社工协调办', 'Coordination Office'),
	party('labour', 'government', 'voting', city, '市劳动保障与就业服务局', 'Municipal Bureau of Labour Security and Employment', '市劳动保障局', 'Labour Bureau'),
	party('pudong', 'government', 'voting', '310115', '浦东新区社会建设与劳动保障办公室', 'Pudong Office for Social Development and Labour Security', '浦东社劳办', 'Pudong Office'),
	party('changning', 'government', 'voting', '310105', '长宁区社会建设与劳动保障办公室', 'Changning Office for Social Development and Labour Security', '长宁社劳办', 'Changning Office'),
	party('xuhui', 'government', 'observer', '310104', '徐汇区社会建设与劳动保障办公室', 'Xuhui Office for Social Development and Labour Security', '徐汇社劳办', 'Xuhui Office'),
	party('jingan', 'government', 'observer', '310106', '静安区社会建设与劳动保障办公室', "Jing'an Office for Social Development and Labour Security", '静安社劳办', "Jing'an Office"),

	party('xunda', 'platform', 'voting', city, '迅达外卖（上海）信息技术有限公司', 'Xunda Food Delivery (Shanghai) Co., Ltd.', '迅达外卖', 'Xunda Delivery'),
	party('hewei', 'platform', 'voting', city, '禾味到家网络科技有限公司', 'Hewei Home Meals Technology Co., Ltd.', '禾味到家', 'Hewei Meals'),
	party('xiaobu', 'platform', 'voting', city, '小步即配科技有限公司', 'Xiaobu Instant Delivery Technology Co., Ltd.', '小步即配', 'Xiaobu Instant'),
	party('yunjian', 'platform', 'voting', city, '云笺速递（上海）有限公司', 'Yunjian Express (Shanghai) Co., Ltd.', '云笺速递', 'Yunjian Express'),
	party('jizhou', 'platform', 'observer', city, '济舟快运股份有限公司', 'Jizhou Parcel Co., Ltd.', '济舟快运', 'Jizhou Parcel'),
	party('chengxing', 'platform', 'voting', city, '澄行出行科技有限公司', 'Chengxing Mobility Technology Co., Ltd.', '澄行出行', 'Chengxing Mobility'),
	party('luming', 'platform', 'observer', city, '鹿鸣约车（上海）有限公司', 'Luming Rides (Shanghai) Co., Ltd.', '鹿鸣约车', 'Luming Rides'),
	party('tuoling', 'platform', 'voting', city, '驮铃货运信息服务有限公司', 'Tuoling Freight Information Services Co., Ltd.', '驮铃货运', 'Tuoling Freight'),
	party('guangyu', 'platform', 'observer', city, '光屿直播文化传媒有限公司', 'Guangyu Live Media Co., Ltd.', '光屿直播', 'Guangyu Live'),
	party('linli', 'platform', 'observer', city, '邻里帮送生活服务有限公司', 'Linli Errands Services Co., Ltd.', '邻里帮送', 'Linli Errands'),

	party('union', 'union', 'voting', city, '市新业态工会联合会', 'Municipal Federation of New-Sector Unions', '市新业态工会', 'New-Sector Unions'),

	party('dangwei', 'party', 'voting', city, '市新就业群体党建工作委员会', 'Municipal Party-Building Committee for New Employment Groups', '市新就业党建委', 'City Party Committee'),
	party('dangwei_pudong', 'party', 'observer', '310115', '浦东新区新就业群体党建工作委员会', 'Pudong Party-Building Committee for New Employment Groups', '浦东新就业党建委', 'Pudong Party Committee'),
	party('dangwei_changning', 'party', 'observer', '310105', '长宁区新就业群体党建工作委员会', 'Changning Party-Building Committee for New Employment Groups', '长宁新就业党建委', 'Changning Party Committee'),
	party('dangwei_minhang', 'party', 'observer', '310112', '闵行区新就业群体党建工作委员会', 'Minhang Party-Building Committee for New Employment Groups', '闵行新就业党建委', 'Minhang Party Committee'),

	party('nuantu', 'social', 'voting', city, '暖途社会工作服务中心', 'Nuantu Social Work Service Centre', '暖途社工', 'Nuantu Social Work'),
	party('tongxing', 'social', 'observer', '310105', '同行者职工公益服务社', "Tongxing Workers' Welfare Society", '同行者服务社', 'Tongxing Society'),

	office('lujiazui', '310115005', 'voting', '陆家嘴', 'Lujiazui'),
	office('weifang', '310115004', 'observer', '潍坊新村', 'Weifang Xincun'),
	office('huamu', '310115016', 'observer', '花木', 'Huamu'),
	office('jinyang', '310115012', 'observer', '金杨新村', 'Jinyang Xincun'),
	office('yangjing', '310115013', 'observer', '洋泾', 'Yangjing'),
	office('xinhua', '310105004', 'voting', '新华路', 'Xinhua Road'),
	office('tianshan', '310105006', 'observer', '天山路', 'Tianshan Road'),
	office('xianxia', '310105008', 'observer', '仙霞新村', 'Xianxia Xincun'),
	office('jiangsu', '310105002', 'observer', '江苏路', 'Jiangsu Road'),
	office('xujiahui', '310104014', 'observer', '徐家汇', 'Xujiahui'),
	office('tianlin', '310104011', 'observer', '田林', 'Tianlin'),
	office('caojiadu', '310106014', 'observer', '曹家渡', 'Caojiadu')
];

const byKey = new Map(parties.map((one) => [one.key, one]));

/** A party by its key; a misspelt key is a bug of the generator. */
export function partyOf(key: string): Party {
	const found = byKey.get(key);
	if (!found) throw new Error(`There is no party ${key} in the demonstration.`);
	return found;
}

export const councilId = idOf('council');

/** The districts a party reports on: its own, or those of the city that no other party of its kind reports on. */
export function districtsOf(one: Party): string[] {
	if (one.region_code !== city) return [one.region_code.slice(0, 6)];
	if (one.kind !== 'party') return Object.keys(districts);
	const others = parties.filter((other) => other.kind === one.kind && other.region_code !== city);
	return Object.keys(districts).filter(
		(code) => !others.some((other) => other.region_code === code)
	);
}
