// npm run types: writes src/lib/server/database.types.ts from a database with every migration.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedTypes } from './database-types.ts';
import { temporaryBackend } from './test-backend.ts';

const backend = await temporaryBackend();
try {
	const path = join(import.meta.dirname, '..', '..', 'src', 'lib', 'server', 'database.types.ts');
	writeFileSync(path, await generatedTypes(backend.ownerUrl));
} finally {
	await backend.stop();
}
