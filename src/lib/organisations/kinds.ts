/** In the order in which a council lists its parties. */
export const kinds = ['government', 'party', 'union', 'platform', 'social', 'community'] as const;
export type Kind = (typeof kinds)[number];
