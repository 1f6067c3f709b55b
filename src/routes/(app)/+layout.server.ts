export const load = ({ locals }) => ({
	person: locals.person,
	acting: locals.acting,
	memberships: locals.memberships
});
