import { randomInt } from 'node:crypto';
import { hashPassword, passwordProblem } from '../../../src/lib/server/identity/password.ts';
import { idOf } from './chance.ts';
import { parties, partyOf } from './parties.ts';

export type Role = 'admin' | 'reporter' | 'reviewer' | 'delegate' | 'viewer' | 'auditor';

/** A person's seat in an organisation of the demonstration. */
export type Seat = { person: string; name: string; email: string; party: string; roles: Role[] };

/** A line of demo-accounts.json. */
export type Account = {
	email: string;
	password: string;
	name: string;
	organisation: string;
	kind: string;
	region: string;
	roles: Role[];
};

function seat(party: string, login: string, name: string, roles: Role[]): Seat {
	const email = `${login}@demo.xiezhi.example`;
	return { person: idOf(`person ${email}`), name, email, party, roles };
}

// prettier-ignore
const named: Seat[] = [
	seat('convener', 'secretariat', '林若川', ['admin', 'delegate']),
	seat('labour', 'reviewer.city', '周予安', ['reviewer']),
	seat('pudong', 'reviewer.pudong', '程晓岚', ['reviewer']),
	seat('changning', 'reviewer.changning', '沈思齐', ['reviewer']),
	seat('xunda', 'reporter.xunda', '赵一鸣', ['reporter']),
	seat('xunda', 'admin.xunda', '钱静姝', ['admin']),
	seat('xunda', 'delegate.xunda', '孙屹', ['delegate']),
	seat('hewei', 'reporter.hewei', '李沐阳', ['reporter']),
	seat('hewei', 'admin.hewei', '吴雨桐', ['admin']),
	seat('hewei', 'delegate.hewei', '郑凯文', ['delegate']),
	seat('xiaobu', 'reporter.xiaobu', '王景行', ['reporter']),
	seat('xiaobu', 'admin.xiaobu', '冯思远', ['admin']),
	seat('xiaobu', 'delegate.xiaobu', '陈若曦', ['delegate']),
	seat('dangwei', 'officer.party', '褚明德', ['reporter', 'delegate']),
	seat('nuantu', 'officer.social', '卫清禾', ['reporter', 'delegate']),
	seat('union', 'officer.union', '蒋卫民', ['reporter', 'delegate']),
	seat('xinhua', 'officer.xinhua', '韩立春', ['reporter', 'delegate']),
	seat('lujiazui', 'officer.lujiazui', '杨慧敏', ['reporter', 'delegate']),
	seat('labour', 'delegate.labour', '朱明远', ['admin', 'delegate']),
	seat('convener', 'auditor', '顾清扬', ['auditor']),
	seat('convener', 'viewer', '何以宁', ['viewer']),
	seat('convener', 'reviewer.convener', '许知行', ['reviewer']),
	seat('pudong', 'delegate.pudong', '尤安然', ['admin', 'delegate']),
	seat('changning', 'delegate.changning', '施文博', ['admin', 'delegate']),
	seat('union', 'admin.union', '孔令仪', ['admin']),
	seat('dangwei', 'admin.party', '曹世杰', ['admin']),
	seat('nuantu', 'admin.social', '严知夏', ['admin']),
	seat('xinhua', 'admin.xinhua', '华静安', ['admin']),
	seat('lujiazui', 'admin.lujiazui', '章文韬', ['admin'])
];

// One person acts for everything in the other organisations, as in a small office.
const names = [
	'金晟',
	'魏思敏',
	'陶然',
	'姜海波',
	'戚薇',
	'谢承宇',
	'邹敏',
	'喻文清',
	'苏北辰',
	'潘悦',
	'葛明',
	'范晓峰',
	'彭佳',
	'鲁正阳',
	'韦芳',
	'马骁',
	'方静怡',
	'任远',
	'袁敏之',
	'柳青',
	'史嘉',
	'唐可',
	'薛宁',
	'雷鸣',
	'贺心怡',
	'倪涛'
];

function everythingAt(party: string, name: string): Seat {
	const kind = partyOf(party).kind;
	const login = kind === 'community' ? `officer.${party}` : `office.${party.replace('_', '.')}`;
	return seat(party, login, name, [
		'admin',
		kind === 'government' ? 'reviewer' : 'reporter',
		'delegate'
	]);
}

const alone = parties
	.filter((party) => !named.some((one) => one.party === party.key))
	.map((party, at) => everythingAt(party.key, names[at] ?? `成员${at}`));

/** Every membership. The last two belong to one person, who works for two organisations. */
export const seats: Seat[] = [
	...named,
	...alone,
	seat('nuantu', 'two.hats', '沈一禾', ['delegate']),
	seat('xinhua', 'two.hats', '沈一禾', ['reporter'])
];

/** Who files, reviews or speaks for a party. */
export function personOf(party: string, role: Role): string {
	const found = seats.find((one) => one.party === party && one.roles.includes(role));
	if (!found) throw new Error(`Nobody is ${role} of ${party} in the demonstration.`);
	return found.person;
}

const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** 16 characters of 31: about 79 bits. Random in every load; only the figures are always the same. */
function randomPassword(): string {
	for (;;) {
		const groups = Array.from({ length: 4 }, () =>
			Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')
		);
		const password = groups.join('-');
		if (!passwordProblem(password)) return password;
	}
}

/** Accounts with new passwords, and the hash of each person's password. */
export async function makeAccounts(): Promise<{
	accounts: Account[];
	hashes: Map<string, string>;
}> {
	const passwords = new Map(seats.map((one) => [one.person, '']));
	for (const person of passwords.keys()) passwords.set(person, randomPassword());
	const hashes = new Map(
		await Promise.all(
			[...passwords].map(
				async ([person, password]) => [person, await hashPassword(password)] as const
			)
		)
	);
	const accounts = seats.map((one) => {
		const party = partyOf(one.party);
		return {
			email: one.email,
			password: passwords.get(one.person) ?? '',
			name: one.name,
			organisation: party.name_zh,
			kind: party.kind,
			region: party.region_code,
			roles: one.roles
		};
	});
	return { accounts, hashes };
}
