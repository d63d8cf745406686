import { expect, it } from 'vitest';
import { parseCsv } from '../../../src/probing/csv.ts';
import { LFS_POINTER, WEB_PAGE } from '../../probing/support/sets.ts';
import { utf8 } from '../../probing/support/trees.ts';
import { expectFault } from '../bad-file.ts';

interface BadCsv {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly code: string;
  readonly message: string;
}

const badFiles: readonly BadCsv[] = [
  { name: 'empty', bytes: utf8(''), code: 'probing/csv-empty', message: 'label.csv is empty. Its first row must name the columns number, name.' },
  { name: 'only blank lines', bytes: utf8('\n\r\n \n'), code: 'probing/csv-empty', message: 'label.csv is empty. Its first row must name the columns number, name.' },
  { name: 'header only', bytes: utf8('number,name\n'), code: 'probing/no-rows', message: 'label.csv has a header but no rows.' },
  { name: 'a column missing', bytes: utf8('number,title\n1,a\n'), code: 'probing/missing-column', message: 'label.csv has no column name. Its first row reads number, title; columns are separated by commas.' },
  { name: 'semicolons', bytes: utf8('number;name\n1;a\n'), code: 'probing/missing-column', message: 'label.csv has no column number. Its first row reads number;name; columns are separated by commas.' },
  { name: 'a column twice', bytes: utf8('number,name,name\n1,a,b\n'), code: 'probing/repeated-column', message: 'label.csv names the column name twice in its first row.' },
  { name: 'a field too many', bytes: utf8('number,name\n1,a\n\n2,b,c\n'), code: 'probing/field-count', message: 'label.csv, row 4: 3 fields, but the first row names 2. A field that contains a comma must stand in double quotes.' },
  { name: 'a field too few', bytes: utf8('number,name\n1\n'), code: 'probing/field-count', message: 'label.csv, row 2: 1 field, but the first row names 2. A field that contains a comma must stand in double quotes.' },
  { name: 'a quote that is not closed', bytes: utf8('number,name\n1,a\n2,"b\n3,c\n'), code: 'probing/quotes', message: 'label.csv, row 3: a double quote is not closed or stands in the wrong place. Inside quotes write it twice.' },
  { name: 'a quote inside a quoted field', bytes: utf8('number,name\n1,"a"b"\n'), code: 'probing/quotes', message: 'label.csv, row 2: a double quote is not closed or stands in the wrong place. Inside quotes write it twice.' },
  { name: 'Latin-1', bytes: Uint8Array.of(...utf8('number,name\n1,caf'), 0xe9), code: 'probing/not-utf8', message: 'label.csv is not UTF-8 text. Save it again in UTF-8.' },
  { name: 'UTF-16', bytes: Uint8Array.of(0xff, 0xfe, 0x6e, 0, 0x75, 0), code: 'probing/not-utf8', message: 'label.csv is not UTF-8 text. Save it again in UTF-8.' },
  { name: 'an LFS pointer', bytes: LFS_POINTER, code: 'probing/wrong-kind', message: 'label.csv is a Git LFS pointer, not a CSV file. Fetch the real file with git lfs pull.' },
  { name: 'a web page', bytes: WEB_PAGE, code: 'probing/wrong-kind', message: 'label.csv is a web page (HTML), not a CSV file. Download the file itself again.' },
  { name: 'a zip', bytes: utf8('PK\x03\x04....'), code: 'probing/wrong-kind', message: 'label.csv is a zip archive, not a CSV file. Unpack it first.' },
];

it.each(badFiles)('$name', async ({ bytes, code, message }) => {
  await expectFault(() => parseCsv(bytes, 'label.csv', ['number', 'name']), code, message);
});

it('reads past a byte order mark, CRLF, blank lines and quotes', () => {
  const table = parseCsv(utf8('\ufeffnumber,name\r\n1,"a, ""b"""\r\n\r\n2,c'), 'label.csv', ['number', 'name']);
  expect(table.rows).toEqual([
    { number: 2, fields: ['1', 'a, "b"'] },
    { number: 4, fields: ['2', 'c'] },
  ]);
});
