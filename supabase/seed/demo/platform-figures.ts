import { chance, swing } from './chance.ts';
import { districts } from './parties.ts';
import { isFestivalMonth } from './time.ts';

/** What a platform counts in one cell; a number missing here is told as missing with its reason. */
export type Figures = Record<string, number>;

type Occupation = 'rider' | 'courier' | 'ride_hailing_driver' | 'truck_driver' | 'streamer';

/** How large an invented platform is and how it employs. */
export type Platform = {
	occupation: Occupation;
	/** Active workers in the whole city at the beginning. */
	size: number;
	/** Growth in 24 months. */
	growth: number;
	/** Shares by employment mode; empty where the platform does not tell modes apart. */
	modes: Record<string, number>;
	/** How quickly it followed the resolution on occupational injury. */
	response: number;
};

// prettier-ignore
export const platforms: Record<string, Platform> = {
	xunda: { occupation: 'rider', size: 38600, growth: 0.09, modes: { dedicated: 0.36, crowdsourced: 0.64 }, response: 1 },
	hewei: { occupation: 'rider', size: 21400, growth: 0.16, modes: { dedicated: 0.31, crowdsourced: 0.69 }, response: 0.85 },
	xiaobu: { occupation: 'rider', size: 12300, growth: 0.28, modes: { dedicated: 0.12, crowdsourced: 0.88 }, response: 1.15 },
	yunjian: { occupation: 'courier', size: 26800, growth: 0.04, modes: { dedicated: 0.81, dispatched: 0.19 }, response: 1 },
	jizhou: { occupation: 'courier', size: 13900, growth: 0.02, modes: {}, response: 1 },
	chengxing: { occupation: 'ride_hailing_driver', size: 29500, growth: 0.06, modes: { dispatched: 0.44, self_employed: 0.56 }, response: 1.05 },
	luming: { occupation: 'ride_hailing_driver', size: 17700, growth: 0.11, modes: {}, response: 0.95 },
	tuoling: { occupation: 'truck_driver', size: 10900, growth: 0.07, modes: { self_employed: 0.83, dispatched: 0.17 }, response: 0.9 },
	guangyu: { occupation: 'streamer', size: 7400, growth: 0.33, modes: {}, response: 1 },
	linli: { occupation: 'rider', size: 1350, growth: 0.12, modes: {}, response: 0.7 }
};

/** Month of the 25 in which the joint meeting resolved to raise occupational-injury coverage. */
export const storyMonth = 15;
/** Month in which the handling of complaints in Changning was agreed. */
export const complaintsMonth = 19;

const pilotIndustries: Occupation[] = ['rider', 'ride_hailing_driver', 'truck_driver'];

/** Persons for whom the platform counts by employment mode. */
const byMode = [
	'active_workers',
	'headcount_first_day',
	'headcount_last_day',
	'new_workers',
	'leavers',
	'labour_relation_workers',
	'partial_relation_workers',
	'civil_relation_workers',
	'signed_contracts',
	'service_contracts',
	'written_agreements',
	'pension_insured',
	'injury_insured',
	'unemployment_insured',
	'pilot_order_takers',
	'occupational_injury_covered',
	'rest_overdue_workers',
	'paid_worker_months',
	'below_minimum_worker_months',
	'penalised_workers',
	'trained_workers'
];

export function countsByMode(measure: string): boolean {
	return byMode.includes(measure);
}

const festival: Record<Occupation, number> = {
	rider: 0.8,
	courier: 0.69,
	ride_hailing_driver: 0.86,
	truck_driver: 0.61,
	streamer: 1.02
};
const busy: Record<Occupation, Record<string, number>> = {
	rider: { '01': 0.98, '06': 1.03, '07': 1.06, '08': 1.07, '12': 1.03 },
	courier: { '06': 1.06, '11': 1.11, '12': 1.06 },
	ride_hailing_driver: { '05': 1.02, '10': 1.04, '12': 1.02 },
	truck_driver: { '03': 1.03, '09': 1.04, '10': 1.03, '11': 1.05 },
	streamer: { '06': 1.07, '11': 1.09, '12': 1.03 }
};
const ordersPerWorker: Record<Occupation, number> = {
	rider: 395,
	courier: 2640,
	ride_hailing_driver: 372,
	truck_driver: 57,
	streamer: 21
};
const hourlyIncome: Record<Occupation, number> = {
	rider: 26.4,
	courier: 27.8,
	ride_hailing_driver: 29.1,
	truck_driver: 36.5,
	streamer: 24.2
};
const commission: Record<Occupation, number> = {
	rider: 19.4,
	courier: 0,
	ride_hailing_driver: 22.6,
	truck_driver: 9.8,
	streamer: 33.5
};
const labourRelation: Record<string, number> = {
	dedicated: 0.74,
	dispatched: 0.46,
	crowdsourced: 0.05,
	self_employed: 0.04
};
/** Where modes are not told apart. */
const labourRelationOverall: Record<Occupation, number> = {
	rider: 0.24,
	courier: 0.61,
	ride_hailing_driver: 0.22,
	truck_driver: 0.1,
	streamer: 0.19
};

/** Active workers by employment mode, the ground of everything else. */
function activeWorkers(
	key: string,
	month: string,
	at: number,
	district: string
): Record<string, number> {
	const platform = platforms[key] as Platform;
	const season = isFestivalMonth(month)
		? festival[platform.occupation]
		: (busy[platform.occupation][month.slice(5)] ?? 1);
	const here =
		platform.size *
		(1 + (platform.growth * at) / 24) *
		season *
		(districts[district] ?? 0) *
		(1 + 0.18 * swing(`${key} ${district}`)) *
		(1 + 0.012 * swing(`${key} ${district} ${month}`));
	const modes = Object.keys(platform.modes).length ? platform.modes : { '': 1 };
	return Object.fromEntries(
		Object.entries(modes).map(([mode, share]) => {
			const drift = mode === 'dedicated' ? 1 + 0.002 * at : 1;
			return [
				mode,
				Math.round(here * share * drift * (1 + 0.03 * swing(`${key} ${district} ${mode}`)))
			];
		})
	);
}

/** A share that moves slowly from one value to another, higher or lower by platform and district. */
function share(
	name: string,
	from: number,
	to: number,
	key: string,
	district: string,
	at: number,
	spread = 0.05
): number {
	const level =
		from +
		((to - from) * at) / 24 +
		spread * swing(`${name} ${key}`) +
		spread * 0.5 * swing(`${name} ${district}`) +
		0.006 * swing(`${name} ${key} ${district} ${at}`);
	return Math.min(0.995, Math.max(0.004, level));
}

/** A part of a whole number, never more than it. */
function partOf(wholeNumber: number, rate: number, text: string): number {
	return Math.min(wholeNumber, Math.floor(wholeNumber * rate + chance(text)));
}

/** How much of occupational-injury coverage the resolution has added by a month. */
function addedCoverage(platform: Platform, district: string, at: number): number {
	const months = Math.max(0, at - storyMonth);
	const pioneer = district === '310115' || district === '310105' ? 1.12 : 1;
	return Math.min(0.25, 0.034 * months) * platform.response * pioneer;
}

/**
 * A platform's month in one district: persons by mode, everything else under ''. Parts never exceed their
 * wholes and the three relations make up the active workers, as the rules of the dataset ask.
 */
export function platformFigures(
	key: string,
	month: string,
	at: number,
	district: string
): Record<string, Figures> {
	const platform = platforms[key] as Platform;
	const { occupation } = platform;
	const before = at > 0 ? activeWorkers(key, previousMonth(month), at - 1, district) : null;
	const result: Record<string, Figures> = {};
	let active = 0;

	for (const [mode, here] of Object.entries(activeWorkers(key, month, at, district))) {
		const text = (name: string) => `${name} ${key} ${month} ${district} ${mode}`;
		const rate = (name: string, from: number, to: number, spread?: number) =>
			share(name, from, to, `${key} ${mode}`, district, at, spread);
		const part = (name: string, of: number, from: number, to: number, spread?: number) =>
			partOf(of, rate(name, from, to, spread), text(name));

		const labour = partOf(
			here,
			(labourRelation[mode] ?? labourRelationOverall[occupation]) +
				0.02 * swing(`labour ${key}`) +
				(0.03 * at) / 24,
			text('labour')
		);
		const partial = part('partial', here - labour, 0.56, 0.62);
		// Couriers' stations: contracts of partner firms stand although no labour relationship is reported.
		const outsourced =
			occupation === 'courier' && at % 6 === 4 && chance(text('outsourced')) < 0.12;
		const signed = outsourced
			? Math.min(here, labour + 1 + Math.floor(labour * 0.02))
			: part('signed', labour, 0.87, 0.94, 0.03);
		const injury = part('injury', here, 0.5, 0.6);
		const leavers = part('leavers', here, 0.083, 0.071, 0.015);
		const last = Math.round(here * 1.06);
		const joined = Math.max(0, here - (before?.[mode] ?? here));
		const pilot = pilotIndustries.includes(occupation)
			? part('pilot', here, 0.93, 0.95, 0.02)
			: null;
		const trained = part('trained', here, 0.47, 0.69);
		const paid = part('paid', here, 0.986, 0.989, 0.004);
		active += here;

		result[mode] = {
			active_workers: here,
			headcount_first_day: Math.max(0, last + leavers - Math.min(here, leavers + joined)),
			headcount_last_day: last,
			new_workers: Math.min(here, leavers + joined),
			leavers,
			labour_relation_workers: labour,
			partial_relation_workers: partial,
			civil_relation_workers: here - labour - partial,
			signed_contracts: signed,
			service_contracts: partOf(
				here - signed,
				mode === 'dispatched' ? 0.86 : rate('service', 0.3, 0.27),
				text('service')
			),
			written_agreements: part('agreement', partial, 0.58, 0.74),
			pension_insured: part('pension', here, 0.35, 0.41),
			injury_insured: injury,
			unemployment_insured: part('unemployment', here, 0.38, 0.42),
			...(pilot === null
				? {}
				: {
						pilot_order_takers: pilot,
						occupational_injury_covered: partOf(
							pilot,
							Math.min(
								0.97,
								share('occupational', 0.605, 0.615, key, district, at, 0.03) +
									addedCoverage(platform, district, at)
							),
							text('occupational')
						)
					}),
			rest_overdue_workers: part('rest', here, occupation === 'streamer' ? 0.22 : 0.16, 0.12, 0.03),
			paid_worker_months: paid,
			below_minimum_worker_months: part('minimum', paid, 0.085, 0.058, 0.02),
			penalised_workers: part('penalised', here, 0.115, 0.072, 0.02),
			trained_workers: trained
		};
	}

	const text = (name: string) => `${name} ${key} ${month} ${district}`;
	const orders = Math.round(
		active *
			ordersPerWorker[occupation] *
			(1 + 0.05 * swing(`orders ${key}`)) *
			(1 + 0.02 * swing(text('orders')))
	);
	const complaints = Math.round(
		active *
			(0.0046 + 0.0012 * swing(`complaints ${key}`)) *
			(0.8 + 0.4 * chance(text('complaints')))
	);
	const due = Math.max(0, complaints - Math.floor(complaints * 0.08 * chance(text('due'))));
	const total = (result[''] ??= {});
	Object.assign(total, {
		orders_completed: orders,
		accident_covered_orders: partOf(
			orders,
			share('accident', 0.88, 0.93, key, district, at, 0.03),
			text('accident')
		),
		injured_persons: Math.floor(
			orders * (occupation === 'streamer' ? 0 : 3.1e-6) * (0.7 + 0.6 * chance(text('injured'))) +
				chance(text('injury'))
		),
		complaints_received: complaints,
		complaints_due: due,
		complaints_resolved_on_time: partOf(due, onTime(key, district, at), text('resolved')),
		median_net_hourly_income: round(
			hourlyIncome[occupation] *
				(1 + 0.0016 * at) *
				(1 +
					0.05 * swing(`income ${key}`) +
					0.03 * swing(`income ${district}`) +
					0.012 * swing(text('income'))),
			2
		),
		...(commission[occupation]
			? {
					mean_commission_rate: round(
						commission[occupation] +
							swing(`commission ${key}`) -
							0.03 * at +
							0.25 * swing(text('commission')),
						2
					),
					orders_above_cap: partOf(
						orders,
						share('cap', 0.041, 0.022, key, district, at, 0.008),
						text('cap')
					)
				}
			: {})
	});
	return result;
}

/** Changning was slow with complaints until it was agreed who answers; the rest of the city moves a little. */
function onTime(key: string, district: string, at: number): number {
	const usual = share('on time', 0.845, 0.885, key, district, at, 0.03);
	if (district !== '310105') return usual;
	return Math.min(0.97, usual - 0.15 + Math.min(0.2, 0.06 * Math.max(0, at - complaintsMonth)));
}

function previousMonth(month: string): string {
	const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 2;
	return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
}

function round(value: number, decimals: number): number {
	return Number(value.toFixed(decimals));
}
