import { StringDecoder } from 'node:string_decoder';
import { SaxesParser, type SaxesTag } from 'saxes';
import { readPart, type Archive, type Part } from './zip.ts';
import { refused } from './limits.ts';

export type Attributes = Record<string, string>;

export type XmlHandlers = {
	/** Names come without prefix. Return false from `open` to stop reading. */
	open: (name: string, attributes: Attributes) => boolean | undefined;
	close?: (name: string) => void;
	text?: (text: string) => void;
};

/** No part of a workbook nests deeper than a few dozen levels. */
const DEEPEST = 100;

/**
 * Reads one XML part as a stream. A document type declaration is refused wherever it stands: workbooks have none,
 * and every entity attack starts with one.
 */
export async function readXml(archive: Archive, part: Part, handlers: XmlHandlers): Promise<void> {
	const parser = new SaxesParser({ fragment: false });
	let depth = 0;
	let stop = false;
	parser.on('doctype', () => {
		throw refused('xml_entities');
	});
	parser.on('error', () => {
		throw refused('damaged_workbook');
	});
	parser.on('opentag', (tag: SaxesTag) => {
		if (stop) return;
		if (++depth > DEEPEST) throw refused('damaged_workbook');
		stop = handlers.open(local(tag.name), tag.attributes as Attributes) === false;
	});
	parser.on('closetag', (tag: SaxesTag) => {
		depth--;
		if (!stop) handlers.close?.(local(tag.name));
	});
	if (handlers.text) {
		const { text } = handlers;
		parser.on('text', (piece) => {
			if (!stop) text(piece);
		});
		parser.on('cdata', (piece) => {
			if (!stop) text(piece);
		});
	}
	let decoder: StringDecoder | null = null;
	await readPart(archive, part, (piece) => {
		decoder ??= new StringDecoder(piece[0] === 0xff && piece[1] === 0xfe ? 'utf16le' : 'utf8');
		parser.write(decoder.write(piece));
		return !stop;
	});
	if (!stop) parser.close();
}

function local(name: string): string {
	const colon = name.indexOf(':');
	return colon < 0 ? name : name.slice(colon + 1);
}
