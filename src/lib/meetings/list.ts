import { oneOf, type List, type Listed } from '#lib/kernel/list.ts';
import type { MeetingLine, Proposal } from './meeting.ts';
import { meetingStates } from './states.ts';

const statuses = Object.keys(meetingStates) as MeetingLine['status'][];

/** The list of meetings. */
export const meetingList = {
	filters: { status: oneOf(statuses) },
	sorts: ['at', 'title', 'status'],
	size: 20
};

export type MeetingList = List<(typeof meetingList)['filters']>;

export type MeetingPage = Listed<MeetingLine> & {
	/** The one that is open, else the nearest that is planned. */
	next: MeetingLine | null;
	/** Where a proposal may be scheduled, the nearest first. */
	planned: Pick<MeetingLine, 'id' | 'number' | 'title_zh' | 'title_en' | 'scheduled_at'>[];
	/** Those that stand on no agenda: all of them for the secretariat, their own for everybody else. */
	proposals: Proposal[];
};
