import * as rules from '#lib/server/rules.ts';

export const load = async ({ locals: { db } }) => ({ datasets: await rules.requirements(db) });
