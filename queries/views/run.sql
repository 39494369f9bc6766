-- question: What became of each run? One row per run, whatever was redelivered, replayed or came out of order
-- column: account_id varchar AWS account in which it ran
-- column: region varchar AWS region in which it ran
-- column: service_type varchar The source: glue_job, glue_crawler, lambda, step_functions
-- column: service_name varchar The job, crawler, function or state machine
-- column: service_request_id varchar The run, shared by its attempts
-- column: event_type varchar The verdict: the state of the run as far as we know; a failure that the service retries reads as retrying
-- column: source_state varchar The service's own word for that state
-- column: error_type varchar Class of the error
-- column: error_message varchar What a person reads first
-- column: error_fingerprint varchar Equal for equal errors
-- column: attempts bigint How many different attempts we saw
-- column: started_at timestamp(3) When the first attempt that we know began
-- column: ended_at timestamp(3) When the run ended; null while it has not
-- column: duration_ms bigint How long the deciding attempt took, milliseconds; null while it has not ended
-- column: first_event_time timestamp(3) Time of the first state change that we saw
-- column: last_event_time timestamp(3) Time of the last state change that we saw
-- column: console_url varchar The run in the AWS console
-- column: logs_url varchar The logs of the run in the AWS console
-- column: caused_by_request_id varchar service_request_id of the inner run that made this one fail

WITH change AS (
  SELECT
    state.*,
    coalesce(retry_attempts, 0) AS attempt,
    CASE WHEN event_type = 'retrying' THEN 0 ELSE coalesce(retry_attempts, 0) END AS deciding_attempt,
    coalesce(started_at, CASE WHEN event_type = 'started' THEN event_time END) AS began_at,
    CASE
      WHEN event_type IN ('succeeded', 'failed', 'timeout', 'stopped') THEN 2
      WHEN event_type = 'started' THEN 0
      ELSE 1
    END AS weight
  FROM state
),
placed AS (
  SELECT
    change.*,
    row_number() OVER (
      PARTITION BY account_id, region, service_type, service_name, service_request_id
      ORDER BY deciding_attempt DESC, date_trunc('second', event_time) DESC, weight DESC, event_time DESC, event_id DESC, recorded_at DESC
    ) AS place,
    dense_rank() OVER (
      PARTITION BY account_id, region, service_type, service_name, service_request_id
      ORDER BY attempt
    ) + dense_rank() OVER (
      PARTITION BY account_id, region, service_type, service_name, service_request_id
      ORDER BY attempt DESC
    ) - 1 AS attempts_seen,
    min(began_at) OVER (
      PARTITION BY account_id, region, service_type, service_name, service_request_id
    ) AS run_began_at,
    min(began_at) OVER (
      PARTITION BY account_id, region, service_type, service_name, service_request_id, attempt
    ) AS attempt_began_at,
    min(event_time) OVER (
      PARTITION BY account_id, region, service_type, service_name, service_request_id
    ) AS first_seen_at,
    max(event_time) OVER (
      PARTITION BY account_id, region, service_type, service_name, service_request_id
    ) AS last_seen_at
  FROM change
),
decided AS (
  SELECT
    placed.*,
    CASE WHEN event_type IN ('failed', 'timeout') AND will_retry THEN 'retrying' ELSE event_type END AS verdict,
    CASE
      WHEN event_type IN ('failed', 'timeout') AND will_retry THEN NULL
      WHEN weight = 2 THEN coalesce(ended_at, event_time)
    END AS finished_at
  FROM placed
  WHERE place = 1
)
SELECT
  account_id AS account_id,
  region AS region,
  service_type AS service_type,
  service_name AS service_name,
  service_request_id AS service_request_id,
  verdict AS event_type,
  source_state AS source_state,
  error_type AS error_type,
  error_message AS error_message,
  error_fingerprint AS error_fingerprint,
  CAST(attempts_seen AS bigint) AS attempts,
  CAST(run_began_at AS timestamp(3)) AS started_at,
  CAST(finished_at AS timestamp(3)) AS ended_at,
  CAST(
    CASE
      WHEN finished_at IS NULL THEN NULL
      WHEN duration_ms IS NOT NULL THEN duration_ms
      WHEN finished_at >= attempt_began_at THEN date_diff('millisecond', attempt_began_at, finished_at)
    END AS bigint
  ) AS duration_ms,
  CAST(first_seen_at AS timestamp(3)) AS first_event_time,
  CAST(last_seen_at AS timestamp(3)) AS last_event_time,
  console_url AS console_url,
  logs_url AS logs_url,
  caused_by_request_id AS caused_by_request_id
FROM decided
