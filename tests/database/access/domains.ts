import { organisations } from './organisations.ts';
import { identity } from './identity.ts';
import { api } from './api.ts';
import { audit } from './audit.ts';
import { indicators } from './indicators.ts';
import { datasets } from './datasets.ts';
import { submissions } from './submissions.ts';
import { reviews } from './reviews.ts';
import { revisions } from './revisions.ts';
import { completeness } from './completeness.ts';
import { deadlines } from './deadlines.ts';
import { notifications } from './notifications.ts';
import { sharing } from './sharing.ts';
import { meetings } from './meetings.ts';
import { actionItems } from './action-items.ts';
import { files } from './files.ts';
import { home } from './home.ts';
import { collected } from './engine.ts';

// A new domain: its file above, its name here.
const domains = [
	organisations,
	identity,
	api,
	audit,
	indicators,
	datasets,
	submissions,
	reviews,
	revisions,
	completeness,
	deadlines,
	notifications,
	sharing,
	meetings,
	actionItems,
	files,
	home
];

export const tables = collected(domains.map((domain) => domain.tables));
export const calls = collected(domains.map((domain) => domain.calls));
