// npm run types: writes the types of the database from one with every migration.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedTypes } from './database-types.ts';
import { generatedValues } from './database-values.ts';
import { temporaryBackend } from './test-backend.ts';

const backend = await temporaryBackend();
try {
	const lib = join(import.meta.dirname, '..', '..', 'src', 'lib');
	writeFileSync(join(lib, 'server', 'database.types.ts'), await generatedTypes(backend.ownerUrl));
	writeFileSync(join(lib, 'kernel', 'database-values.ts'), await generatedValues(backend.ownerUrl));
} finally {
	await backend.stop();
}
