import { readError } from '../../../handler/normalise/error-text';
import { readLambdaError } from '../../../handler/normalise/lambda-error';
import { errorTexts } from './error-texts';

const traceback = ['Traceback (most recent call last):', '  File "/tmp/load.py", line 41, in <module>', '    main()'];

const spark = [
  'org.apache.spark.SparkException: Job aborted due to stage failure: Task 3 in stage 7.0 failed 4 times',
  '\tat org.apache.spark.scheduler.DAGScheduler.failJob(DAGScheduler.scala:2403)',
  'Caused by: org.apache.spark.SparkException: Failed to execute user defined function',
  '\t... 10 more',
  'Caused by: java.io.IOException: No space left on device',
  '\tat java.io.FileOutputStream.writeBytes(Native Method)',
  '\t... 12 more',
];

/** A text, and the type and the line that a person reads in it. */
const texts: readonly (readonly [text: string, type: string | null, line: string])[] = [
  ["NameError: name 'ordrs' is not defined", 'NameError', "NameError: name 'ordrs' is not defined"],
  ['KeyError: 5', 'KeyError', 'KeyError: 5'],
  [[...traceback, 'ValueError: no rows'].join('\n'), 'ValueError', 'ValueError: no rows'],
  [[...traceback, 'ValueError: no rows', ''].join('\r\n'), 'ValueError', 'ValueError: no rows'],
  [
    [
      ...traceback,
      "KeyError: 'a'",
      '',
      'During handling of the above exception, another exception occurred:',
      '',
      ...traceback,
      'RuntimeError: no order',
    ].join('\n'),
    'RuntimeError',
    'RuntimeError: no order',
  ],
  [
    [
      ...traceback,
      'botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the PutObject operation: Access Denied',
    ].join('\n'),
    'botocore.exceptions.ClientError',
    'botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the PutObject operation: Access Denied',
  ],
  [[...traceback, 'AssertionError'].join('\n'), 'AssertionError', 'AssertionError'],
  [[...traceback, 'KeyboardInterrupt'].join('\n'), 'KeyboardInterrupt', 'KeyboardInterrupt'],
  [[...traceback, 'SystemExit: 3'].join('\n'), 'SystemExit', 'SystemExit: 3'],
  [
    [
      ...traceback,
      'AnalysisException: Table not found: raw.orders;',
      "'Project [*]",
      "+- 'UnresolvedRelation [raw]",
    ].join('\n'),
    'AnalysisException',
    'AnalysisException: Table not found: raw.orders;',
  ],
  [
    [
      ...traceback,
      'py4j.protocol.Py4JJavaError: An error occurred while calling o1.save.',
      `: ${spark.join('\n')}`,
    ].join('\n'),
    'java.io.IOException',
    'java.io.IOException: No space left on device',
  ],
  [
    [
      ...traceback,
      'py4j.protocol.Py4JJavaError: An error occurred while calling o1.save.',
      ': java.lang.IllegalStateException: closed',
      '\tat a.B.c(B.java:1)',
    ].join('\n'),
    'java.lang.IllegalStateException',
    'java.lang.IllegalStateException: closed',
  ],
  [spark.join('\n'), 'java.io.IOException', 'java.io.IOException: No space left on device'],
  [
    'py4j.protocol.Py4JJavaError: An error occurred while calling o112.save.',
    'py4j.protocol.Py4JJavaError',
    'py4j.protocol.Py4JJavaError: An error occurred while calling o112.save.',
  ],
  [
    'java.lang.NullPointerException\n\tat com.example.Load.main(Load.java:7)',
    'java.lang.NullPointerException',
    'java.lang.NullPointerException',
  ],
  [
    'java.lang.OutOfMemoryError: Java heap space',
    'java.lang.OutOfMemoryError',
    'java.lang.OutOfMemoryError: Java heap space',
  ],
  [
    'Exception in thread "main" java.io.FileNotFoundException: /tmp/a',
    'java.io.FileNotFoundException',
    'java.io.FileNotFoundException: /tmp/a',
  ],
  ['Command failed with exit code 10', null, 'Command failed with exit code 10'],
  ['Job run timed out', null, 'Job run timed out'],
  [
    'An error occurred while calling o93.parquet. Unable to infer schema for Parquet.',
    null,
    'An error occurred while calling o93.parquet. Unable to infer schema for Parquet.',
  ],
  [
    'JobName:load orders and JobRunId:jr_5e5e failed to execute with exception Role x should be given assume role permissions',
    null,
    'Role x should be given assume role permissions',
  ],
  [
    'Error Category: PERMISSION_ERROR; AccessDeniedException: User is not authorized',
    'AccessDeniedException',
    'AccessDeniedException: User is not authorized',
  ],
  ['Error Category: UNCLASSIFIED_ERROR; Failed Line Number: 12; Failure', null, 'Failure'],
  [
    "TypeError: Cannot read properties of undefined (reading 'a')\n    at f (/var/task/a.js:1:2)",
    'TypeError',
    "TypeError: Cannot read properties of undefined (reading 'a')",
  ],
  [
    '2025-03-10T06:12:45.568Z c0ffee00-1111-4222-8333-444455556666 Task timed out after 3.00 seconds',
    null,
    'Task timed out after 3.00 seconds',
  ],
  [
    'RequestId: c0ffee00-1111-4222-8333-444455556666 Error: Runtime exited with error: signal: killed',
    null,
    'Runtime exited with error: signal: killed',
  ],
  [
    "AnalysisException: [TABLE_OR_VIEW_NOT_FOUND] The table or view `raw`.`orders` cannot be found.; line 1 pos 14;\n'Project [*]",
    'AnalysisException',
    'AnalysisException: [TABLE_OR_VIEW_NOT_FOUND] The table or view `raw`.`orders` cannot be found.; line 1 pos 14;',
  ],
  [
    "SYNTAX_ERROR: line 1:8: Column 'ordr' cannot be resolved",
    'SYNTAX_ERROR',
    "SYNTAX_ERROR: line 1:8: Column 'ordr' cannot be resolved",
  ],
  ['ERROR: relation "orders" does not exist\n  Position: 15', null, 'ERROR: relation "orders" does not exist'],
  ['\n\n   the load broke   \n\n', null, 'the load broke'],
  ['Note: nothing to do', null, 'Note: nothing to do'],
  ['Failed: 12 of 40 files', null, 'Failed: 12 of 40 files'],
];

describe('an error text', () => {
  it.each(texts)('%j', (text, type, line) => {
    expect(readError(text)).toEqual({ error_type: type, error_message: line, exception_details: text });
  });

  describe.each(Object.entries(errorTexts))('of %s', (_, samples) => {
    it.each(samples.map((sample) => [sample.what, sample] as const))('%s', (__, { text, type, message }) => {
      expect(readError(text)).toEqual({ error_type: type, error_message: message, exception_details: text });
    });
  });

  it('has the type that the service gives, whatever the text says', () => {
    expect(readError('ValueError: no rows', 'States.TaskFailed').error_type).toBe('States.TaskFailed');
  });

  it('without a word in it has no message', () => {
    expect(readError(' \n ').error_message).toBeNull();
  });

  it('of a megabyte is read within a second', () => {
    const begun = performance.now();

    for (const part of [
      'a',
      'a.',
      'JobName:',
      '\n',
      'Caused by: ',
      'Error Category: A ',
      ' \r',
      'Traceback (most recent call last)\n',
      '  File "a", line 1\n',
      '\n    at a',
      '\nErrorMessage "',
      '{"message":',
      'most recent failure: Lost task ) ',
      ' ---> ',
      '; Request ID: ',
      "aError: {'S': 'M': '\\'",
      '[A_',
      'A_',
      'a: ',
      '(',
      ' ',
      '\\n\\tat ',
      'Exception Group Traceback (most recent call last)\n',
      'a.Error: ',
      'a.aException: a.',
      '+ -',
    ]) {
      readError(part.repeat((1 << 20) / part.length));
    }

    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});

describe('the error payload of a function', () => {
  it.each([null, undefined, ''])('that is %p says nothing', (payload) => {
    expect(readLambdaError(payload)).toBeNull();
  });

  it.each([
    0,
    false,
    [],
    {},
    [1],
    'text',
    { errorMessage: 7 },
    { errorType: 'A' },
    { errorMessage: 'a', stackTrace: 'b' },
  ])('may be any JSON, such as %j', (payload) => {
    expect(readLambdaError(payload)?.error_message).toEqual(expect.stringMatching(/./));
  });

  it('in Node.js prints the error once, above its stack', () => {
    const payload = {
      errorType: 'Error',
      errorMessage: 'one\ntwo',
      trace: ['Error: one', 'two', '    at f (a.js:1:1)'],
    };

    expect(readLambdaError(payload)?.exception_details).toBe('Error: one\ntwo\n    at f (a.js:1:1)');
  });

  it('in Java keeps the error that caused it', () => {
    const payload = {
      errorType: 'com.example.LoadException',
      errorMessage: 'cannot load',
      stackTrace: ['com.example.Load.main(Load.java:7)'],
      cause: {
        errorType: 'java.net.SocketException',
        errorMessage: 'connection reset',
        stackTrace: ['a.B.c(B.java:1)'],
      },
    };

    expect(readLambdaError(payload)?.exception_details).toContain('java.net.SocketException: connection reset');
  });
});
