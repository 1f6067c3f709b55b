/** The names of something. `Named<string>`: in both languages; else its Chinese name stands where there is no English one. */
export type Named<English = string | null> = { name_zh: string; name_en: English };

/** An administrative division of the country by its code. */
export type Region = Named & { code: string };

/** An organisation, as its part in something tells it. */
export type Party = Named<string> & { id: string; short_zh: string; short_en: string };
