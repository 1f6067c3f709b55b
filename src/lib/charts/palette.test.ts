import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Triple = [number, number, number];

const css = readFileSync(new URL('../../app.css', import.meta.url), 'utf8');

/** A token's light and dark value as lightness, chroma, hue. */
function token(name: string): Record<'light' | 'dark', Triple> {
	const rule = new RegExp(`--${name}: light-dark\\(oklch\\(([^)]+)\\), oklch\\(([^)]+)\\)\\)`).exec(
		css
	);
	const triple = (text = '') => text.split(' ').map(Number) as Triple;
	return { light: triple(rule?.[1]), dark: triple(rule?.[2]) };
}

/** Linear sRGB, after https://bottosson.github.io/posts/oklab/. */
function linear([L, C, h]: Triple): Triple {
	const a = C * Math.cos((h * Math.PI) / 180);
	const b = C * Math.sin((h * Math.PI) / 180);
	const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
	const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
	const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
	return [
		4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
		-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
		-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s
	];
}

function lab(rgb: Triple): Triple {
	const [r, g, b] = rgb.map((part) => Math.max(0, part)) as Triple;
	const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
	const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
	const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
	return [
		0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
		1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
		0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
	];
}

/** What people with each kind of sight see: Machado, Oliveira and Fernandes (2009), full severity. */
const SIGHT: Record<string, Triple[]> = {
	'all three cones': [
		[1, 0, 0],
		[0, 1, 0],
		[0, 0, 1]
	],
	protanopia: [
		[0.152286, 1.052583, -0.204868],
		[0.114503, 0.786281, 0.099216],
		[-0.003882, -0.048116, 1.051998]
	],
	deuteranopia: [
		[0.367322, 0.860646, -0.227968],
		[0.280085, 0.672501, 0.047413],
		[-0.01182, 0.04294, 0.968881]
	],
	tritanopia: [
		[1.255528, -0.076749, -0.178779],
		[-0.078411, 0.930809, 0.147602],
		[0.004733, 0.691367, 0.3039]
	]
};

const luminance = ([r, g, b]: Triple) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
const series = [1, 2, 3, 4, 5, 6].map((n) => token(`series-${n}`));
const pairs = series.flatMap((one, i) => series.slice(i + 1).map((other) => [one, other] as const));

for (const theme of ['light', 'dark'] as const) {
	test.each(Object.keys(SIGHT))(`a reader with %s tells six ${theme} series apart`, (sight) => {
		const seen = (colour: Triple) => {
			const rgb = linear(colour);
			return lab(
				SIGHT[sight]!.map((row) => row.reduce((sum, k, i) => sum + k * rgb[i]!, 0)) as Triple
			);
		};
		for (const [one, other] of pairs)
			expect(
				Math.hypot(...seen(one[theme]).map((part, i) => part - seen(other[theme])[i]!))
			).toBeGreaterThan(0.1);
	});

	test(`six ${theme} series differ on a black-and-white print, and stand out from the surface`, () => {
		const surface = luminance(linear(token('surface')[theme]));
		for (const [one, other] of pairs)
			expect(Math.abs(one[theme][0] - other[theme][0])).toBeGreaterThan(0.06);
		for (const one of series)
			expect(contrast(luminance(linear(one[theme])), surface)).toBeGreaterThanOrEqual(3);
	});
}
