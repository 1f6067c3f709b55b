import { m } from '#lib/paraglide/messages.js';

const browsers: [RegExp, string][] = [
	[/MicroMessenger/, 'WeChat'],
	[/DingTalk/, 'DingTalk'],
	[/Edg\//, 'Edge'],
	[/OPR\//, 'Opera'],
	[/Firefox\//, 'Firefox'],
	[/Chrome\//, 'Chrome'],
	[/Safari\//, 'Safari']
];

const systems: [RegExp, string][] = [
	[/HarmonyOS/, 'HarmonyOS'],
	[/Android/, 'Android'],
	[/iPhone|iPad/, 'iOS'],
	[/Windows/, 'Windows'],
	[/Mac OS X/, 'macOS'],
	[/Linux/, 'Linux']
];

/** A person's name for the browser behind a User-Agent: `Chrome · Windows`. */
export function deviceName(userAgent: string | null): string {
	const found = [browsers, systems].flatMap(
		(kinds) => kinds.find(([sign]) => sign.test(userAgent ?? ''))?.[1] ?? []
	);
	return found.length ? found.join(' · ') : m.identity_unknown_device();
}
