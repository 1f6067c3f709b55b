/** How often what is left to chance is tried: enough in `npm test`, in full in `npm run test:long`. */
const long = process.env.LONG === '1';

export const counts = {
	/** Kills of the app and of Postgres while a file is on its way; a quarter as many of the API. */
	kills: long ? 20 : 2,
	/** Kills of Postgres under load. */
	killsUnderLoad: long ? 25 : 5,
	/** Requests that nobody sends on purpose. */
	requests: long ? 10_000 : 2_000,
	/** Files damaged at random places: 140 CSVs, 70 workbooks and 50 sheets, so many times. */
	damaged: long ? 100 : 10
};
