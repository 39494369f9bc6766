import * as fc from 'fast-check';
import { splitDocuments } from '../../../handler/event/json-documents';

test('documents that stand one after the other are taken apart as they were', () => {
  const document = fc.oneof(fc.object(), fc.array(fc.jsonValue())).map((value) => JSON.stringify(value));
  const gap = fc.constantFrom('', '\n', ' \n\t');

  fc.assert(
    fc.property(fc.array(document), gap, (documents, between) => {
      expect(splitDocuments(documents.join(between))).toEqual(documents);
    }),
  );
});

test.each([
  ['a rest that is cut off', '{"a":1}{"b":', ['{"a":1}', '{"b":']],
  ['text between', '{"a":1}oops{"b":2}', ['{"a":1}', 'oops{"b":2}']],
  ['brackets and quotes inside a text', String.raw`{"a":"}\"{\\"}{"b":2}`, [String.raw`{"a":"}\"{\\"}`, '{"b":2}']],
  ['nothing but white space', ' \n ', []],
])('%s stays a piece of its own', (_what, text, pieces) => {
  expect(splitDocuments(text)).toEqual(pieces);
});
