import { each, refusedTo, type Domain } from './engine.ts';
import { id } from './council.ts';

export const files: Domain = {
	tables: {
		files: {
			columns: `id subject_type subject_id council_id organisation_id name media_type size sha256 added_by added_at`,
			label: 'name',
			seen: each(['secretariat', 'auditor', 'union', 'office'], ['photo.png'])
		}
	},
	calls: {
		'file_content(file uuid)': {
			given: '$1',
			values: () => [id.file],
			...refusedTo('done', []),
			rows: {
				by: 'name content_base64',
				seen: each(['secretariat', 'auditor', 'union', 'office'], ['photo.png aGVsbG8='])
			}
		}
	}
};
