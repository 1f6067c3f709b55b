/** A small photograph, as evidence: 8 × 8 pixels of PNG. */
export const picture = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGPQiFqAFTEMLQkANmxIgVKCRJUAAAAASUVORK5CYII=',
	'base64'
);
