import type { Transport } from '@sveltejs/kit';
import { read, textOf } from '#lib/ui/written.ts';

export const transport: Transport = {
	written: { encode: textOf, decode: read }
};
