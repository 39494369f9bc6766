/** An error text as a service or a program writes it, with the class and the line that a person should read of it. */
export interface ErrorSample {
  readonly what: string;
  readonly text: string;
  readonly type: string | null;
  readonly message: string;
}

function sample(what: string, lines: string | readonly string[], type: string | null, message: string): ErrorSample {
  return { what, text: typeof lines === 'string' ? lines : lines.join('\n'), type, message };
}

const trace = [
  'Traceback (most recent call last):',
  '  File "/tmp/load_orders.py", line 41, in <module>',
  '    main()',
];

const python: readonly ErrorSample[] = [
  sample('no class of its own', 'Exception: no rows', 'Exception', 'Exception: no rows'),
  sample(
    'a group of errors',
    [
      '  + Exception Group Traceback (most recent call last):',
      '  |   File "/tmp/load_orders.py", line 3, in <module>',
      '  |     main()',
      '  | ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)',
      '  +-+---------------- 1 ----------------',
      '    | Traceback (most recent call last):',
      '    |   File "/tmp/load_orders.py", line 9, in load',
      "    |     raise ValueError('no rows')",
      '    | ValueError: no rows',
      '    +------------------------------------',
    ],
    'ValueError',
    'ValueError: no rows',
  ),
  sample('a missing key', [...trace, "KeyError: 'store_id'"], 'KeyError', "KeyError: 'store_id'"),
  sample(
    'a class of a package with a name of its own',
    [...trace, 'pyarrow.lib.ArrowInvalid: Could not convert "n/a" with type str: tried to convert to double'],
    'pyarrow.lib.ArrowInvalid',
    'pyarrow.lib.ArrowInvalid: Could not convert "n/a" with type str: tried to convert to double',
  ),
  sample(
    'a class with a name of its own, and no package',
    [...trace, 'NoOrdersToday: nothing came for 2025-03-10'],
    'NoOrdersToday',
    'NoOrdersToday: nothing came for 2025-03-10',
  ),
  sample('no message', [...trace, 'NotImplementedError'], 'NotImplementedError', 'NotImplementedError'),
  sample(
    'code that cannot be parsed, without the word traceback',
    [
      '  File "/tmp/load_orders.py", line 12',
      '    for store in stores',
      '                       ^',
      "SyntaxError: expected ':'",
    ],
    'SyntaxError',
    "SyntaxError: expected ':'",
  ),
  sample(
    'a driver of PostgreSQL',
    [
      ...trace,
      'psycopg2.errors.UndefinedTable: relation "raw.orders" does not exist',
      'LINE 1: SELECT * FROM raw.orders',
      '                      ^',
    ],
    'psycopg2.errors.UndefinedTable',
    'psycopg2.errors.UndefinedTable: relation "raw.orders" does not exist',
  ),
  sample(
    "Redshift's driver, which prints what the server sent",
    [
      ...trace,
      "redshift_connector.error.ProgrammingError: {'S': 'ERROR', 'C': '42P01', 'M': 'relation \"raw.orders\" does not exist', 'F': '/home/ec2-user/padb/src/pg/parser.c', 'L': '529', 'R': 'parserOpenTable'}",
    ],
    'redshift_connector.error.ProgrammingError',
    'redshift_connector.error.ProgrammingError: relation "raw.orders" does not exist',
  ),
  sample(
    'an error that was raised from another',
    [
      ...trace,
      'ConnectionRefusedError: [Errno 111] Connection refused',
      '',
      'The above exception was the direct cause of the following exception:',
      '',
      ...trace,
      'requests.exceptions.ConnectTimeout: the shop did not answer',
    ],
    'requests.exceptions.ConnectTimeout',
    'requests.exceptions.ConnectTimeout: the shop did not answer',
  ),
  sample(
    'a worker process',
    [
      'multiprocessing.pool.RemoteTraceback:',
      '"""',
      ...trace,
      'ValueError: day is out of range for month',
      '"""',
      '',
      'The above exception was the direct cause of the following exception:',
      '',
      ...trace,
      'ValueError: day is out of range for month',
    ],
    'ValueError',
    'ValueError: day is out of range for month',
  ),
  sample(
    'several lines of message',
    [
      ...trace,
      'pydantic_core._pydantic_core.ValidationError: 2 validation errors for Order',
      'store',
      '  Field required [type=missing]',
    ],
    'pydantic_core._pydantic_core.ValidationError',
    'pydantic_core._pydantic_core.ValidationError: 2 validation errors for Order',
  ),
  sample(
    'a trace in one line, its line breaks spelt out',
    'Traceback (most recent call last):\\n  File "/tmp/load_orders.py", line 41, in <module>\\n    main()\\nMemoryError: Unable to allocate 7.45 GiB for an array',
    'MemoryError',
    'MemoryError: Unable to allocate 7.45 GiB for an array',
  ),
  sample(
    "Lambda's log form",
    ["[ERROR] NameError: name 'ordrs' is not defined", ...trace],
    'NameError',
    "NameError: name 'ordrs' is not defined",
  ),
  sample('a line of a log', '2025-03-10 06:12:45,568 ERROR ValueError: no rows', 'ValueError', 'ValueError: no rows'),
];

const java: readonly ErrorSample[] = [
  sample(
    'exceptions that carry another one, in one line',
    'java.util.concurrent.ExecutionException: java.lang.RuntimeException: java.io.FileNotFoundException: No such file: s3://lake/raw/a',
    'java.io.FileNotFoundException',
    'java.io.FileNotFoundException: No such file: s3://lake/raw/a',
  ),
  sample(
    'a stage that Spark gave up',
    'Job aborted due to stage failure: ShuffleMapStage 20 (sql at Load.java:45) has failed the maximum allowable number of times: 4. Most recent failure reason: org.apache.spark.shuffle.MetadataFetchFailedException: Missing an output location for shuffle 7',
    'org.apache.spark.shuffle.MetadataFetchFailedException',
    'org.apache.spark.shuffle.MetadataFetchFailedException: Missing an output location for shuffle 7',
  ),
  sample(
    'the deepest of three causes',
    [
      'java.lang.RuntimeException: cannot load',
      '\tat com.example.Load.main(Load.java:7)',
      'Caused by: java.sql.SQLException: Connection is not available',
      '\t... 3 more',
      'Caused by: java.net.ConnectException: Connection refused',
      '\t... 9 more',
    ],
    'java.net.ConnectException',
    'java.net.ConnectException: Connection refused',
  ),
  sample(
    'a task that Spark lost, in one line',
    'An error occurred while calling o93.save. Job aborted due to stage failure: Task 3 in stage 7.0 failed 4 times, most recent failure: Lost task 3.3 in stage 7.0 (TID 61) (172.31.4.9 executor 2): ExecutorLostFailure (executor 2 exited caused by one of the running tasks) Reason: Container killed on request. Exit code is 137',
    'ExecutorLostFailure',
    'ExecutorLostFailure (executor 2 exited caused by one of the running tasks) Reason: Container killed on request. Exit code is 137',
  ),
  sample(
    'a task that Spark lost, without a cause of its own',
    [
      'org.apache.spark.SparkException: Job aborted due to stage failure: Task 0 in stage 1.0 failed 4 times, most recent failure: Lost task 0.3 in stage 1.0 (TID 5) (ip-10-0-3-17.ec2.internal executor 1): java.lang.NumberFormatException: For input string: "n/a"',
      '\tat java.lang.Integer.parseInt(Integer.java:652)',
      '',
      'Driver stacktrace:',
      '\tat org.apache.spark.scheduler.DAGScheduler.failJob(DAGScheduler.scala:2403)',
    ],
    'java.lang.NumberFormatException',
    'java.lang.NumberFormatException: For input string: "n/a"',
  ),
  sample(
    'a function of Python inside Spark',
    [
      'org.apache.spark.SparkException: Job aborted due to stage failure: Task 0 in stage 1.0 failed 4 times, most recent failure: Lost task 0.3 in stage 1.0 (TID 5) (10.0.3.17 executor 1): org.apache.spark.api.python.PythonException: Traceback (most recent call last):',
      '  File "/tmp/load_orders.py", line 9, in parse',
      "ValueError: could not convert string to float: 'n/a'",
      '',
      '\tat org.apache.spark.api.python.BasePythonRunner.read(PythonRunner.scala:572)',
    ],
    'ValueError',
    "ValueError: could not convert string to float: 'n/a'",
  ),
  sample(
    'what EMR Serverless says of a job run',
    'Job failed, please check complete logs in configured logging destination. ExitCode: 1. Last few exceptions: Caused by: java.io.IOException: No space left on device\n\tat java.base/java.io.FileOutputStream.write(FileOutputStream.java:349)',
    'java.io.IOException',
    'java.io.IOException: No space left on device',
  ),
  sample(
    'what EMR on EKS says of a job run',
    'JobRun failed. Main Spark container terminated with errors. Last error seen in logs - Caused by: java.lang.ClassNotFoundException: org.example.Main',
    'java.lang.ClassNotFoundException',
    'java.lang.ClassNotFoundException: org.example.Main',
  ),
  sample(
    'what DataBrew says of a job run',
    'Job run failed: AccessDeniedException: User is not authorized to perform: s3:GetObject',
    'AccessDeniedException',
    'AccessDeniedException: User is not authorized to perform: s3:GetObject',
  ),
  sample(
    'a job of Scala on Glue',
    'Exception in User Class: java.lang.IllegalArgumentException : day must not be empty',
    'java.lang.IllegalArgumentException',
    'java.lang.IllegalArgumentException : day must not be empty',
  ),
  sample(
    'Scala',
    ['scala.MatchError: n/a (of class java.lang.String)', '\tat com.example.Load$.main(Load.scala:12)'],
    'scala.MatchError',
    'scala.MatchError: n/a (of class java.lang.String)',
  ),
  sample(
    'a class that says nothing',
    ['java.lang.StackOverflowError', '\tat com.example.Load.main(Load.java:7)'],
    'java.lang.StackOverflowError',
    'java.lang.StackOverflowError',
  ),
  sample(
    'memory',
    'java.lang.OutOfMemoryError: GC overhead limit exceeded',
    'java.lang.OutOfMemoryError',
    'java.lang.OutOfMemoryError: GC overhead limit exceeded',
  ),
  sample(
    "the SDK's notes for AWS's support",
    'com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 4D1EX9ZK3B5C6D7E; S3 Extended Request ID: Zm9v/YmFy+cXV4PQ==; Proxy: null), S3 Extended Request ID: Zm9v/YmFy+cXV4PQ==',
    'com.amazonaws.services.s3.model.AmazonS3Exception',
    'com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied)',
  ),
  sample(
    "the second SDK's notes",
    'software.amazon.awssdk.services.glue.model.EntityNotFoundException: Table orders not found. (Service: Glue, Status Code: 400, Request ID: c0ffee00-1111-4222-8333-444455556666) (SDK Attempt Count: 1)',
    'software.amazon.awssdk.services.glue.model.EntityNotFoundException',
    'software.amazon.awssdk.services.glue.model.EntityNotFoundException: Table orders not found. (Service: Glue, Status Code: 400)',
  ),
  sample(
    'a trace in one line, its line breaks spelt out',
    'java.io.IOException: closed\\n\\tat a.B.c(B.java:1)\\nCaused by: java.io.EOFException: end of file\\n\\t... 2 more',
    'java.io.EOFException',
    'java.io.EOFException: end of file',
  ),
  sample(
    '.NET, with what caused it',
    [
      'System.AggregateException: One or more errors occurred. ---> System.IO.IOException: The disk is full',
      '   at Load.Main()',
    ],
    'System.IO.IOException',
    'System.IO.IOException: The disk is full',
  ),
];

const nodejs: readonly ErrorSample[] = [
  sample(
    'a fault of the code',
    ['TypeError: orders.map is not a function', '    at handler (/var/task/index.js:7:10)'],
    'TypeError',
    'TypeError: orders.map is not a function',
  ),
  sample(
    'what nobody caught',
    [
      'file:///var/task/index.mjs:12',
      "    throw new RangeError('day out of range');",
      '    ^',
      '',
      'RangeError: day out of range',
      '    at load (file:///var/task/index.mjs:12:11)',
      '',
      'Node.js v22.11.0',
    ],
    'RangeError',
    'RangeError: day out of range',
  ),
  sample(
    'a module that is missing',
    [
      'node:internal/modules/cjs/loader:1228',
      '  throw err;',
      '  ^',
      '',
      "Error: Cannot find module 'dayjs'",
      'Require stack:',
      '- /var/task/index.js',
      '    at Module._resolveFilename (node:internal/modules/cjs/loader:1225:15)',
    ],
    'Error',
    "Error: Cannot find module 'dayjs'",
  ),
  sample(
    'an error of the SDK, whose class ends in no usual way',
    ['NoSuchKey: The specified key does not exist.', '    at de_NoSuchKeyRes (/var/task/index.js:4:11)'],
    'NoSuchKey',
    'NoSuchKey: The specified key does not exist.',
  ),
  sample(
    'the cause inside',
    [
      'Error: cannot load',
      '    at load (/var/task/index.js:4:11) {',
      '  [cause]: Error: connect ECONNREFUSED 10.0.0.4:5432',
      '      at TCPConnectWrap.afterConnect (node:net:1611:16) {',
      "    code: 'ECONNREFUSED'",
      '  }',
      '}',
    ],
    'Error',
    'Error: connect ECONNREFUSED 10.0.0.4:5432',
  ),
  sample(
    'Lambda before the code began',
    "Runtime.ImportModuleError: Error: Cannot find module 'index'",
    'Runtime.ImportModuleError',
    "Runtime.ImportModuleError: Error: Cannot find module 'index'",
  ),
  sample(
    'a message of two lines',
    ['Error: orders are late', 'by: 3 hours', '    at f (/var/task/index.js:1:2)'],
    'Error',
    'Error: orders are late',
  ),
];

const sql: readonly ErrorSample[] = [
  sample(
    'Hive',
    "FAILED: SemanticException [Error 10001]: Line 1:14 Table not found 'orders'",
    'SemanticException',
    "SemanticException [Error 10001]: Line 1:14 Table not found 'orders'",
  ),
  sample(
    "SQLAlchemy, with its driver's class",
    [
      '(psycopg2.errors.UndefinedColumn) column "stor" does not exist',
      'LINE 1: select stor from orders',
      '[SQL: select stor from orders]',
    ],
    'psycopg2.errors.UndefinedColumn',
    '(psycopg2.errors.UndefinedColumn) column "stor" does not exist',
  ),
  sample(
    'Athena, a column',
    "COLUMN_NOT_FOUND: line 1:8: Column 'stor' cannot be resolved or requester is not authorized to access requested resources",
    'COLUMN_NOT_FOUND',
    "COLUMN_NOT_FOUND: line 1:8: Column 'stor' cannot be resolved or requester is not authorized to access requested resources",
  ),
  sample(
    'Athena, a file',
    "HIVE_BAD_DATA: Field amount's type BINARY in parquet file s3://lake/orders/part-0001.parquet is incompatible with type double defined in table schema",
    'HIVE_BAD_DATA',
    "HIVE_BAD_DATA: Field amount's type BINARY in parquet file s3://lake/orders/part-0001.parquet is incompatible with type double defined in table schema",
  ),
  sample(
    'Athena, from a client',
    "An error occurred (InvalidRequestException) when calling the StartQueryExecution operation: line 1:15: mismatched input 'FORM'",
    'InvalidRequestException',
    "An error occurred (InvalidRequestException) when calling the StartQueryExecution operation: line 1:15: mismatched input 'FORM'",
  ),
  sample(
    'Athena, exhausted',
    'Query exhausted resources at this scale factor',
    null,
    'Query exhausted resources at this scale factor',
  ),
  sample(
    'Trino',
    [
      'io.trino.spi.TrinoException: Partition location does not exist',
      '\tat io.trino.plugin.hive.BackgroundHiveSplitLoader.loadPartition(BackgroundHiveSplitLoader.java:480)',
    ],
    'io.trino.spi.TrinoException',
    'io.trino.spi.TrinoException: Partition location does not exist',
  ),
  sample(
    'Redshift, a load',
    "ERROR: Load into table 'orders' failed.  Check 'stl_load_errors' system table for details.",
    null,
    "ERROR: Load into table 'orders' failed.  Check 'stl_load_errors' system table for details.",
  ),
  sample(
    'Redshift, with its error below a rule',
    [
      'ERROR: ',
      '  -----------------------------------------------',
      '  error:  Spectrum Scan Error',
      '  code:      15001',
      "  context:   File 'https://s3.eu-west-1.amazonaws.com/lake/orders/a.parquet' has an incompatible Parquet schema",
      '  query:     1234567',
      '  -----------------------------------------------',
    ],
    null,
    "ERROR: Spectrum Scan Error: File 'https://s3.eu-west-1.amazonaws.com/lake/orders/a.parquet' has an incompatible Parquet schema",
  ),
  sample(
    'Redshift, rights',
    'ERROR: permission denied for schema finance',
    null,
    'ERROR: permission denied for schema finance',
  ),
  sample(
    'PostgreSQL',
    [
      'ERROR:  duplicate key value violates unique constraint "orders_pkey"',
      'DETAIL:  Key (id)=(4711) already exists.',
    ],
    null,
    'ERROR:  duplicate key value violates unique constraint "orders_pkey"',
  ),
  sample(
    'PostgreSQL, from Java',
    'org.postgresql.util.PSQLException: ERROR: deadlock detected\n  Detail: Process 4711 waits for ShareLock on transaction 99',
    'org.postgresql.util.PSQLException',
    'org.postgresql.util.PSQLException: ERROR: deadlock detected',
  ),
  sample(
    'Spark SQL, with its condition',
    '[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `stor` cannot be resolved. Did you mean one of the following? [`store`]; line 1 pos 7;',
    'UNRESOLVED_COLUMN.WITH_SUGGESTION',
    '[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `stor` cannot be resolved. Did you mean one of the following? [`store`]; line 1 pos 7;',
  ),
  sample(
    'Spark SQL, in Python',
    [
      ...trace,
      'pyspark.errors.exceptions.captured.AnalysisException: [TABLE_OR_VIEW_NOT_FOUND] The table or view `raw`.`orders` cannot be found.; line 1 pos 14;',
      "'Project [*]",
    ],
    'pyspark.errors.exceptions.captured.AnalysisException',
    'pyspark.errors.exceptions.captured.AnalysisException: [TABLE_OR_VIEW_NOT_FOUND] The table or view `raw`.`orders` cannot be found.; line 1 pos 14;',
  ),
  sample(
    'Spark SQL, a plan',
    [
      "org.apache.spark.sql.AnalysisException: cannot resolve '`stor`' given input columns: [store, day];",
      "'Project ['stor]",
      '+- Relation [store#12,day#13] parquet',
    ],
    'org.apache.spark.sql.AnalysisException',
    "org.apache.spark.sql.AnalysisException: cannot resolve '`stor`' given input columns: [store, day];",
  ),
  sample(
    'dbt',
    [
      'Database Error in model orders (models/orders.sql)',
      '  relation "raw.orders" does not exist',
      '  compiled code at target/run/orders.sql',
    ],
    null,
    'Database Error in model orders (models/orders.sql): relation "raw.orders" does not exist',
  ),
  sample(
    'MySQL',
    "ERROR 1146 (42S02): Table 'shop.orders' doesn't exist",
    null,
    "ERROR 1146 (42S02): Table 'shop.orders' doesn't exist",
  ),
];

const aws: readonly ErrorSample[] = [
  sample(
    "Glue, a category and Spark's condition",
    'Error Category: OUT_OF_MEMORY_ERROR; Failed Line Number: 12; Spark Error Class: MISSING; java.lang.OutOfMemoryError: Java heap space',
    'java.lang.OutOfMemoryError',
    'java.lang.OutOfMemoryError: Java heap space',
  ),
  sample(
    'Glue, above the cause',
    'JobName:load orders and JobRunId:jr_5e5e5e5e failed to execute with exception Role arn:aws:iam::111122223333:role/lake should be given assume role permissions for Glue Service.',
    null,
    'Role arn:aws:iam::111122223333:role/lake should be given assume role permissions for Glue Service.',
  ),
  sample(
    'Glue, a category',
    "Error Category: IMPORT_ERROR; Failed Line Number: 3; ModuleNotFoundError: No module named 'orders'",
    'ModuleNotFoundError',
    "ModuleNotFoundError: No module named 'orders'",
  ),
  sample(
    'Glue, before it began',
    'LAUNCH ERROR | Error downloading from S3 for bucket: lake-code, key: load.py.Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 4D1EX9ZK3B5C6D7E; Proxy: null)',
    'AccessDenied',
    'LAUNCH ERROR | Error downloading from S3 for bucket: lake-code, key: load.py.Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied)',
  ),
  sample(
    'rights',
    'User: arn:aws:sts::111122223333:assumed-role/lake-glue/GlueJobRunnerSession is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::lake-raw/orders/a.parquet" because no identity-based policy allows the s3:PutObject action',
    null,
    'User: arn:aws:sts::111122223333:assumed-role/lake-glue/GlueJobRunnerSession is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::lake-raw/orders/a.parquet" because no identity-based policy allows the s3:PutObject action',
  ),
  sample(
    'too many calls, from boto3',
    [
      ...trace,
      'botocore.errorfactory.ThrottlingException: An error occurred (ThrottlingException) when calling the GetTable operation (reached max retries: 4): Rate exceeded',
    ],
    'botocore.errorfactory.ThrottlingException',
    'botocore.errorfactory.ThrottlingException: An error occurred (ThrottlingException) when calling the GetTable operation (reached max retries: 4): Rate exceeded',
  ),
  sample(
    'too many calls, from the CLI',
    '\nAn error occurred (ThrottlingException) when calling the GetTable operation: Rate exceeded',
    'ThrottlingException',
    'An error occurred (ThrottlingException) when calling the GetTable operation: Rate exceeded',
  ),
  sample(
    'Lambda, out of time',
    '2025-03-10T06:12:45.568Z c0ffee00-1111-4222-8333-444455556666 Task timed out after 3.00 seconds',
    null,
    'Task timed out after 3.00 seconds',
  ),
  sample(
    'Lambda, out of memory',
    'RequestId: c0ffee00-1111-4222-8333-444455556666 Error: Runtime exited with error: signal: killed',
    null,
    'Runtime exited with error: signal: killed',
  ),
  sample(
    'Lambda, through a state machine',
    'The cause could not be determined because Lambda did not return an error type. Returned payload: {"errorMessage":"RequestId: c0ffee00-1111-4222-8333-444455556666 Process exited before completing request"}',
    null,
    'Process exited before completing request',
  ),
  sample(
    'SageMaker, a script',
    [
      'AlgorithmError: ExecuteUserScriptError:',
      'ExitCode 1',
      "ErrorMessage \"FileNotFoundError: [Errno 2] No such file or directory: '/opt/ml/input/data/train/orders.csv'",
      '"',
      'Command "/usr/bin/python3 train.py --epochs 10", exit code: 1',
    ],
    'FileNotFoundError',
    "FileNotFoundError: [Errno 2] No such file or directory: '/opt/ml/input/data/train/orders.csv'",
  ),
  sample(
    'SageMaker, a script that said nothing',
    [
      'AlgorithmError: ExecuteUserScriptError:',
      'ExitCode 1',
      'ErrorMessage ""',
      'Command "/usr/bin/python3 train.py", exit code: 1',
    ],
    'AlgorithmError',
    'AlgorithmError: ExecuteUserScriptError: ExitCode 1',
  ),
  sample(
    'SageMaker, a framework',
    ['AlgorithmError: framework error: ', ...trace, 'ValueError: Input contains NaN'],
    'ValueError',
    'ValueError: Input contains NaN',
  ),
  sample(
    'EMR',
    'Application application_1741586413000_0042 failed 2 times due to AM Container for appattempt_1741586413000_0042_000002 exited with  exitCode: 13',
    null,
    'Application application_1741586413000_0042 failed 2 times due to AM Container for appattempt_1741586413000_0042_000002 exited with  exitCode: 13',
  ),
  sample(
    'Ruby',
    "undefined method `lines' for nil (NoMethodError)",
    'NoMethodError',
    "undefined method `lines' for nil (NoMethodError)",
  ),
  sample(
    'Go',
    ['panic: runtime error: index out of range [3] with length 3', '', 'goroutine 1 [running]:', 'main.main()'],
    null,
    'panic: runtime error: index out of range [3] with length 3',
  ),
];

const json: readonly ErrorSample[] = [
  sample(
    'the payload of a function',
    '{"errorType":"StoreError","errorMessage":"order store is closed","stackTrace":[]}',
    'StoreError',
    'order store is closed',
  ),
  sample(
    'an error of an API',
    '{"__type":"com.amazon.coral.service#ThrottlingException","message":"Rate exceeded"}',
    'ThrottlingException',
    'Rate exceeded',
  ),
  sample(
    'an error inside a field',
    '{"error":{"code":"INVALID_DAY","message":"no such day"},"status":400}',
    'INVALID_DAY',
    'no such day',
  ),
  sample(
    'a list of errors',
    '{"errors":[{"message":"no such store","type":"NotFoundError"},{"message":"another"}]}',
    'NotFoundError',
    'no such store',
  ),
  sample(
    'JSON inside JSON',
    JSON.stringify({ Error: 'States.TaskFailed', Cause: JSON.stringify({ errorMessage: 'order store is closed' }) }),
    'States.TaskFailed',
    'order store is closed',
  ),
  sample(
    'an answer over HTTP',
    JSON.stringify({ statusCode: 500, body: JSON.stringify({ message: 'the shop is down' }) }),
    null,
    'the shop is down',
  ),
  sample(
    'a trace inside',
    JSON.stringify({ message: [...trace, 'ValueError: no rows'].join('\n') }),
    'ValueError',
    'ValueError: no rows',
  ),
  sample(
    'the name of a thing, which is no class',
    '{"name":"load-orders","type":"error","message":"no rows"}',
    null,
    'no rows',
  ),
  sample('no error in it', '{"table":"orders","missing":12}', null, '{"table":"orders","missing":12}'),
  sample('nearly JSON', '{"table":"orders",', null, '{"table":"orders",'),
];

/** Error texts of the languages and services of a lake, by where they come from. */
export const errorTexts: Readonly<Record<string, readonly ErrorSample[]>> = { python, java, nodejs, sql, aws, json };
