import { building } from '$app/env';
import { defineEnvVars } from '@sveltejs/kit/env';
import { z } from 'zod';

/** Needed to run, not to build. */
const needed = building ? z.string().default('') : z.string().min(1);

/** A limit; whole numbers from 1. */
const perMinute = (most: number) =>
	z
		.string()
		.regex(/^[1-9]\d{0,6}$/)
		.default(String(most))
		.transform(Number);

/** Everything the app reads from its environment; checked when it starts. */
export const variables = defineEnvVars({
	DATA_DIR: {
		schema: z.string().default('.data'),
		description: 'Folder for uploads and what the embedded backend keeps.'
	},
	DEMO: {
		schema: z.string().default('1'),
		description: '1: demonstration data; 0: an empty instance.'
	},
	API_REQUESTS_PER_MINUTE: {
		schema: perMinute(60),
		description: 'Requests of the HTTP API that one key may send in a minute.'
	},
	API_UPLOADS_PER_MINUTE: {
		schema: perMinute(10),
		description: 'Filings among them.'
	},
	BOUNDARIES_FILE: {
		schema: z.string().default(''),
		description: 'GeoJSON map with its approval number (审图号); without it, districts are tiles.'
	},
	ORIGIN: {
		schema: building ? z.string().default('') : z.url(),
		description: 'The address people open; https makes cookies secure.'
	},
	SUPABASE_URL: { schema: needed, description: 'Address of the Supabase API.' },
	SUPABASE_PUBLISHABLE_KEY: { schema: needed, description: 'Key that every API request carries.' },
	SUPABASE_JWT_SECRET: { schema: needed, description: 'Signs the short-lived token of a person.' },
	DATABASE_URL: { schema: needed, description: "Better Auth's own login; schema identity only." },
	JOBS_DATABASE_URL: {
		schema: z.string().default(''),
		description: "The job queue's own login; without it there are no reminders and no mails."
	},
	SMTP_URL: {
		schema: z.string().default(''),
		description: 'Where mails go (smtps://user:password@host); without it, to DATA_DIR/outbox.'
	},
	MAIL_FROM: {
		schema: z.string().default(''),
		description: 'The sender of mails; without it, noreply at the host of ORIGIN.'
	}
});
