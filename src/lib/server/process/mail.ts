import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';

/** A mail of ours. The id is kept over every try, and becomes its Message-ID. */
type Mail = { id: string; to: string; subject: string; text: string };

export type MailSettings = {
	/** `smtps://user:password@host`; empty: mails are written to the outbox. */
	smtpUrl: string;
	/** Folder for mails as `.eml` files. */
	outbox: string;
	/** Sender; empty: noreply at the host of `origin`. */
	from: string;
	origin: string;
};

/** Sends one mail, or throws. */
export type Send = (mail: Mail) => Promise<void>;

const patience = 20_000;

/** Opens the way of mails: to a server, or without one into files, each exactly once. */
export function openMail({ smtpUrl, outbox, from, origin }: MailSettings): Send {
	const host = new URL(origin).hostname;
	const message = ({ id, to, subject, text }: Mail) => ({
		from: from || { name: '协治 Xiezhi', address: `noreply@${host}` },
		to,
		subject,
		text,
		messageId: `<${id}@${host}>`,
		// No answer of a machine comes back, and no answer of one is answered.
		headers: { 'Auto-Submitted': 'auto-generated' }
	});

	if (smtpUrl) {
		const server = createTransport({
			url: smtpUrl,
			connectionTimeout: patience,
			greetingTimeout: patience,
			socketTimeout: patience
		});
		return async (mail) => {
			await server.sendMail(message(mail));
		};
	}

	const writer = createTransport({ streamTransport: true, buffer: true });
	return async (mail) => {
		const path = join(outbox, `${mail.id}.eml`);
		await mkdir(outbox, { recursive: true, mode: 0o700 });
		if (await exists(path)) return;
		const sent = await writer.sendMail(message(mail));
		// Under its name only when it is whole.
		await writeFile(`${path}.part`, sent.message as Buffer, { mode: 0o600, flush: true });
		await rename(`${path}.part`, path);
	};
}

async function exists(path: string): Promise<boolean> {
	return access(path).then(
		() => true,
		() => false
	);
}
