import { expect, test } from 'vitest';
import { eventLink, eventText, type Event } from './events.ts';

const event = (changes: Partial<Event>): Event => ({
	id: 'e',
	at: '2026-11-20T01:00:00Z',
	verb: 'accept',
	subject_type: 'submission',
	subject_id: 's',
	organisation_zh: '市人社局',
	organisation_en: 'Labour bureau',
	subject_organisation_zh: '迅达外卖',
	subject_organisation_en: 'Xunda',
	title_zh: '平台用工月报',
	title_en: 'Platform labour figures',
	period: '2026-10',
	parent_id: null,
	...changes
});

test('an event says who did what to whom', () => {
	expect(eventText(event({}), 'zh-CN')).toBe('市人社局通过了迅达外卖的平台用工月报（2026年10月）');
});

test('an event is told in the language that was asked for, whatever the reader’s', () => {
	expect(eventText(event({}), 'en')).toBe(
		'Labour bureau accepted Platform labour figures, Oct 2026 of Xunda'
	);
});

test('an event about something the reader may not know by name is still a sentence', () => {
	expect(
		eventText(
			event({
				organisation_zh: null,
				organisation_en: null,
				title_zh: null,
				title_en: null,
				period: null,
				verb: 'submit'
			}),
			'zh-CN'
		)
	).toBe('某单位报送了');
});

test('a verb of a newer version does not break the page', () => {
	expect(eventText(event({ verb: 'something_new' }), 'zh-CN')).toContain('市人社局');
	expect(eventText(event({ verb: 'something_new' }), 'en')).toContain('Labour bureau');
});

test('an event leads to the page of its subject', () => {
	expect(eventLink(event({}))).toBe('/submissions/s');
	expect(eventLink(event({ subject_type: 'resolution', subject_id: 'r', parent_id: 'm' }))).toBe(
		'/meetings/m#resolution-r'
	);
	expect(eventLink(event({ subject_type: 'invitation' }))).toBeNull();
});

test('an event about something that the reader may no longer read leads nowhere', () => {
	const left = { subject_type: 'action_item', title_zh: null, title_en: null };
	expect(eventLink(event(left))).toBeNull();
});
